//! What somebody told us about a document that it cannot say itself.

use crate::policy::{Date, Field, LineOfBusiness, Metadata, Payer, State};

/// What a sidecar table or a flag says of one document. Absent fields are left to the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Who pays.
    pub payer: Option<String>,
    /// The address that it was retrieved from.
    pub url: Option<String>,
    /// The day of retrieval.
    pub retrieved: Option<Date>,
    /// Lines of business.
    pub lines_of_business: Vec<LineOfBusiness>,
    /// States.
    pub states: Vec<State>,
    /// The payer's number of the policy.
    pub number: Option<String>,
    /// The age in years of the member for whom somebody asks.
    pub age: Option<u8>,
}

impl Told {
    /// These words with the gaps filled from `other`.
    #[must_use]
    pub fn or(self, other: &Told) -> Told {
        fn or_list<T: Clone>(list: Vec<T>, other: &[T]) -> Vec<T> {
            if list.is_empty() { other.to_vec() } else { list }
        }
        Told {
            payer: self.payer.or_else(|| other.payer.clone()),
            url: self.url.or_else(|| other.url.clone()),
            retrieved: self.retrieved.or(other.retrieved),
            lines_of_business: or_list(self.lines_of_business, &other.lines_of_business),
            states: or_list(self.states, &other.states),
            number: self.number.or_else(|| other.number.clone()),
            age: self.age.or(other.age),
        }
    }

    /// The document's own metadata with what was told put over it. A value that the document prints too
    /// stays printed: that origin has a place to show.
    #[must_use]
    pub fn over(&self, mut metadata: Metadata) -> Metadata {
        put(&mut metadata.payer, self.payer.as_deref().map(Payer::named), |a, b| a.id == b.id);
        put(&mut metadata.number, self.number.clone(), |a, b| a.eq_ignore_ascii_case(b));
        put_list(&mut metadata.lines_of_business, &self.lines_of_business);
        put_list(&mut metadata.states, &self.states);
        metadata
    }
}

fn put<T>(field: &mut Option<Field<T>>, told: Option<T>, same: fn(&T, &T) -> bool) {
    let Some(told) = told else { return };
    if !field.as_ref().is_some_and(|printed| same(&printed.value, &told)) {
        *field = Some(Field::told(told));
    }
}

fn put_list<T: Clone + PartialEq>(fields: &mut Vec<Field<T>>, told: &[T]) {
    if told.is_empty() {
        return;
    }
    let printed = std::mem::take(fields);
    for value in told {
        let known = printed.iter().find(|field| field.value == *value).cloned();
        fields.push(known.unwrap_or_else(|| Field::told(value.clone())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::FieldName;
    use crate::text::Span;

    fn printed() -> Metadata {
        Metadata {
            payer: Some(Field::printed(Payer::named("Bluestone Health"), Span::new(0, 16))),
            lines_of_business: vec![Field::printed(LineOfBusiness::Commercial, Span::new(20, 30))],
            ..Metadata::default()
        }
    }

    #[test]
    fn a_told_value_that_is_printed_too_stays_printed() {
        let told = Told { payer: Some("bluestone health".to_owned()), ..Told::default() };
        assert_eq!(told.over(printed()), printed());
    }

    #[test]
    fn told_values_replace_printed_ones_and_are_marked() {
        let told = Told {
            payer: Some("Harborview".to_owned()),
            lines_of_business: vec![LineOfBusiness::Medicaid],
            states: vec![State::from_code("oh").expect("a state")],
            ..Told::default()
        };
        let metadata = told.over(printed());
        assert_eq!(metadata.told(), [FieldName::Payer, FieldName::LinesOfBusiness, FieldName::States]);
        assert_eq!(metadata.lines_of_business, [Field::told(LineOfBusiness::Medicaid)]);
    }

    #[test]
    fn gaps_are_filled_and_nothing_else() {
        let flag = Told { payer: Some("A".to_owned()), ..Told::default() };
        let row = Told { payer: Some("B".to_owned()), number: Some("7".to_owned()), ..Told::default() };
        let both = flag.or(&row);
        assert_eq!((both.payer.as_deref(), both.number.as_deref()), (Some("A"), Some("7")));
    }
}
