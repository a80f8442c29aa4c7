//! What stands in a brief, in order.

use crate::compare::Asked;
use crate::report::model::{CriterionModel, SummaryModel};
use crate::report::{
    Analysis, UNSTATED, connective_words, fight_words, lever_words, place_words, policy_words as policy, stance_words,
    tension_words,
};

/// One part of a brief.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The title.
    Title(String),
    /// A heading.
    Heading(String),
    /// Our own words.
    Words(String),
    /// The payer's words as an exhibit: its number, the quotes that belong together, and the document.
    Exhibit(usize, Vec<Exhibit>, String),
    /// A line to tick: its depth from 1, and its words.
    Tick(u8, String),
    /// A criterion to tick, in the payer's words: its depth from 1.
    Criterion(u8, Exhibit),
    /// The document's path.
    File(String),
    /// A line to fill in.
    Blank(String),
    /// Small print.
    Small(String),
}

/// Words of the payer with their place and the document's hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exhibit {
    /// The words.
    pub quote: String,
    /// Page and section.
    pub place: String,
    /// The document's SHA-256.
    pub sha256: String,
}

/// How many levers, barriers and statements are set out.
const MOST: usize = 8;

/// What to gather, whatever the service.
const GATHER: [&str; 7] = [
    "treatment plan with diagnosis, site, product and rationale",
    "imaging reports",
    "prior treatments, with dates and outcomes",
    "itemized invoice with codes: components can be payable where the procedure is not",
    "functional scores before and after",
    "letter of a specialist",
    "the denial letter, all pages, and its envelope or date of receipt",
];

/// What to request of the plan.
const REQUEST: [&str; 5] = [
    "the full plan document (summary plan description or certificate)",
    "the criteria that were applied, in full",
    "name and specialty of whoever reviewed the request",
    "the claim file with all notes",
    "the form or address for an exception or individual review, where the policy names one",
];

struct Writer<'a> {
    analysis: &'a Analysis,
    parts: Vec<Part>,
    exhibits: usize,
}

/// The brief for a service under a policy; `None` where the document was not read.
#[must_use]
pub fn brief(asked: &Asked, analysis: &Analysis) -> Option<Vec<Part>> {
    let summary = analysis.summary.as_ref().filter(|_| !analysis.is_unread())?;
    let mut writer = Writer { analysis, parts: Vec::new(), exhibits: 0 };
    writer.opening(asked);
    writer.position(asked, summary);
    // What a policy on other services leaves open and wants shown is of no use here.
    if asked.is_named_in(analysis) {
        writer.openings(summary);
        writer.against_itself(summary);
        writer.criteria(asked, summary);
        writer.evidence(summary);
    }
    writer.lists();
    writer.closing(summary);
    Some(writer.parts)
}

impl Writer<'_> {
    fn put(&mut self, part: Part) {
        self.parts.push(part);
    }

    fn heading(&mut self, words: &str) {
        self.put(Part::Heading(words.to_owned()));
    }

    fn words(&mut self, words: &str) {
        self.put(Part::Words(words.to_owned()));
    }

    /// A quote with the next number.
    fn exhibit(&mut self, quote: &str, page: Option<u32>, section: Option<&str>) {
        let quote = self.words_of(quote, page, section);
        self.exhibits(vec![quote]);
    }

    fn exhibits(&mut self, quotes: Vec<Exhibit>) {
        self.exhibits += 1;
        self.parts.push(Part::Exhibit(self.exhibits, quotes, citation(self.analysis)));
    }

    fn words_of(&self, quote: &str, page: Option<u32>, section: Option<&str>) -> Exhibit {
        Exhibit {
            quote: quote.to_owned(),
            place: place_words(page, section),
            sha256: self.analysis.source.sha256.clone().unwrap_or_default(),
        }
    }

    fn opening(&mut self, asked: &Asked) {
        self.put(Part::Title(format!("Policy section of an appeal: {}", asked.service)));
        self.words(&format!("{} · {}", payer(self.analysis), policy(self.analysis)));
        self.put(Part::File(self.analysis.source.path.clone()));
        if self.analysis.is_partly_read() {
            self.words("This policy was read in part: what is missing below may stand in what was not read. See the document itself:");
            let issues = self.analysis.extraction.issues.iter().take(MOST);
            issues.map(|issue| Part::Small(issue.message.clone())).for_each(|small| self.parts.push(small));
        }
        self.heading("The case");
        for blank in [
            "Member, plan and group number",
            "Plan type (insured, employer-funded, Medicare, Medicaid, other)",
            "Service, code and date",
            "Diagnosis and code",
            "Date of the denial letter, and the reason it gives",
            "Last day to appeal by that letter",
        ] {
            self.put(Part::Blank(blank.to_owned()));
        }
    }

    fn position(&mut self, asked: &Asked, summary: &SummaryModel) {
        self.heading("What the policy says of the service");
        let statements = asked.statements(self.analysis);
        if statements.is_empty() {
            self.words("No binding statement on this service was found in the policy. It is silent, which is neither yes nor no.");
        }
        for (_, statement) in statements.iter().take(MOST) {
            let rest = if statement.residual { ", as one of all other uses" } else { "" };
            self.words(&format!("Stance: {}{rest}", stance_words(&statement.stance)));
            let section = statement.section.heading.as_deref();
            let lead = self.words_of(&statement.quote, statement.page, section);
            let item = statement.item.as_ref().map(|item| self.words_of(item, statement.item_page, section));
            self.exhibits(std::iter::once(lead).chain(item).collect());
        }
        let about = |id: &str| self.analysis.finding(id).is_some_and(|finding| asked.is_about(finding));
        let hardest = summary.barriers.iter().find(|barrier| about(&barrier.finding));
        if let Some(barrier) = hardest {
            self.words(&format!("What stands in the way most: {}", fight_words(&barrier.fight)));
            self.exhibit(&barrier.quote, barrier.page, barrier.section.heading.as_deref());
        }
    }

    fn openings(&mut self, summary: &SummaryModel) {
        self.heading("What the policy leaves open");
        if summary.levers.is_empty() {
            self.words(
                "No sentence on individual review, exceptions, plan terms, mandates, trials or appeals was found.",
            );
        }
        let mut quotes: Vec<&str> = Vec::new();
        for lever in &summary.levers {
            if quotes.contains(&lever.quote.as_str()) || quotes.len() == MOST {
                continue;
            }
            quotes.push(&lever.quote);
            let whose = if lever.boilerplate { "a general notice of this payer" } else { "this policy's own words" };
            self.words(&format!("{}, {whose}. {}", capital(lever_words(&lever.kind)), lever.use_sentence));
            if let Some(caution) = &lever.caution {
                self.words(&format!("Caution: {caution}"));
            }
            self.exhibit(&lever.quote, lever.page, lever.section.heading.as_deref());
        }
    }

    fn against_itself(&mut self, summary: &SummaryModel) {
        if summary.contradictions.is_empty() {
            return;
        }
        self.heading("Where the policy does not fit together");
        for contradiction in summary.contradictions.iter().take(3) {
            self.words(&capital(&contradiction.says(tension_words(&contradiction.kind))));
            for side in contradiction.sides() {
                self.exhibit(&side.quote, side.page, side.section.heading.as_deref());
            }
        }
    }

    fn criteria(&mut self, asked: &Asked, summary: &SummaryModel) {
        let statements = asked.statements(self.analysis);
        let of_service = |criterion: &&CriterionModel| {
            let head = &criterion.finding;
            statements.iter().any(|(_, statement)| statement.finding == *head || statement.lists.contains(head))
        };
        let criteria: Vec<&CriterionModel> = summary.criteria.iter().filter(of_service).collect();
        if criteria.is_empty() {
            return;
        }
        self.heading("Criteria, to be answered one by one");
        let mut last = (0, "");
        for criterion in criteria {
            if (criterion.level, criterion.connective.as_str()) != last {
                last = (criterion.level, &criterion.connective);
                self.words(&capital(&connective_words(&criterion.connective)));
            }
            let quote = self.words_of(&criterion.quote, criterion.page, None);
            self.put(Part::Criterion(criterion.level, quote));
            self.put(Part::Blank("how it is met, and the record that shows it".to_owned()));
        }
    }

    fn evidence(&mut self, summary: &SummaryModel) {
        self.heading("What evidence the payer says it wants");
        let conclusions: Vec<_> =
            summary.evidence.conclusions.iter().filter_map(|id| self.analysis.finding(id)).take(3).cloned().collect();
        if conclusions.is_empty() {
            self.words("The policy draws no conclusion on the evidence that was found.");
        }
        for limb in &summary.evidence.limbs {
            let Some(words) = limb.failed.as_ref().or(limb.stated.as_ref()) else { continue };
            let how = if limb.failed.is_some() { "It says that this is not shown" } else { "It asks for this" };
            self.words(&format!("{how}: {}", limb.says));
            self.exhibit(&words.quote, words.page, words.section.heading.as_deref());
        }
        let studies: Vec<&str> = summary.evidence.studies.iter().map(|wanted| wanted.says.as_str()).collect();
        if !studies.is_empty() {
            self.words(&format!("Studies that it asks for: {}.", studies.join(", ")));
        }
        for words in summary.evidence.supporting.iter().take(3) {
            self.words(
                "A society that the payer itself quotes in favour; the words are the society's, printed by the payer.",
            );
            self.exhibit(&words.quote, words.page, words.section.heading.as_deref());
        }
        for finding in conclusions {
            self.exhibit(&finding.quote, finding.page, finding.section.heading.as_deref());
        }
        if let Some(year) = summary.evidence.newest_reference {
            self.words(&format!("The newest study in its list of references is of {year}; what was published since is not weighed in it."));
        }
        self.put(Part::Blank("studies and guidelines that answer it".to_owned()));
    }

    fn lists(&mut self) {
        self.heading("To request from the plan");
        for line in REQUEST {
            self.put(Part::Tick(1, line.to_owned()));
        }
        self.heading("To gather");
        for line in GATHER {
            self.put(Part::Tick(1, line.to_owned()));
        }
    }

    fn closing(&mut self, summary: &SummaryModel) {
        if summary.staleness.is_overdue_as_printed() {
            let months = summary.staleness.months_overdue;
            self.words(&format!(
                "By its own dates the policy's review was {months} months overdue on {}.",
                summary.staleness.as_of.as_deref().unwrap_or("that day")
            ));
        }
        self.put(Part::Small(
            "The quotes are the payer's words, copied by fineprint from the document named with each; check them there. Deadlines and \
             ways of appeal are those of your denial letter. The plan's contract governs. This is no legal or medical advice and \
             says nothing on how an appeal will end."
                .to_owned(),
        ));
    }
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Who pays, as far as it is known.
fn payer(analysis: &Analysis) -> String {
    analysis.policy.payer.as_ref().map_or_else(|| UNSTATED.to_owned(), |payer| payer.name.clone())
}

/// Payer, number, title, file and copy.
fn citation(analysis: &Analysis) -> String {
    let dated = analysis.policy.effective_date.as_ref().map(|date| format!("in force {date}"));
    let retrieved = analysis
        .source
        .retrieved_at
        .as_ref()
        .map_or("day of retrieval not told".to_owned(), |date| format!("copy retrieved {date}"));
    let parts = [Some(payer(analysis)), Some(policy(analysis)), dated, Some(retrieved)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
