//! Where policies do not agree, in an overview: each side a link to the statement.

use std::io::{self, Write};

use super::escape::Esc;
use super::policy::on_screen;
use super::stance_class;
use crate::report::agreement::{Disagreements, Side};
use crate::report::overview::Line;
use crate::report::words;

/// How many of a kind stand in sight, and how many payers of a side are named.
const IN_SIGHT: usize = 6;
const MOST_PAYERS: usize = 8;

/// Writes what does not agree; nothing where all do.
pub(super) fn differ(
    out: &mut dyn Write,
    policies: &[(Line, String)],
    name: &dyn Fn(&str) -> String,
) -> io::Result<()> {
    let found = Disagreements::of(policies.iter().map(|(line, _)| line));
    if found.is_empty() {
        return Ok(());
    }
    let links = Links { policies, name };
    writeln!(
        out,
        "<h2 id=\"differ\">Where policies do not agree</h2><p class=\"faint\">Beside the policies, and counted in no policy’s room.</p>\
         <div class=\"differ\">"
    )?;
    let between: Vec<String> = found.between.iter().map(|(topic, yes, no)| links.between(topic, yes, no)).collect();
    kind(out, "Covered by some, refused by others", &between)?;
    let within: Vec<String> = found.within.iter().map(|(topic, sides)| links.within(topic, sides)).collect();
    kind(out, "One payer, different answers", &within)?;
    let missing: Vec<String> = found.missing.iter().map(|(policy, to)| links.missing(*policy, to)).collect();
    kind(out, "Handed to a policy that is not among these", &missing)?;
    writeln!(out, "</div>")
}

/// A heading and its list, the rest of a long one folded away.
fn kind(out: &mut dyn Write, heading: &str, items: &[String]) -> io::Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    writeln!(out, "<h3><span class=\"against\" aria-hidden=\"true\">◆</span> {heading}</h3>")?;
    let (shown, folded) = items.split_at(items.len().min(IN_SIGHT));
    writeln!(out, "<ul>{}</ul>", shown.concat())?;
    if !folded.is_empty() {
        let printed = on_screen(folded.len(), "");
        writeln!(
            out,
            "<details><summary>{} more</summary><ul>{}</ul></details>{printed}",
            folded.len(),
            folded.concat()
        )?;
    }
    Ok(())
}

struct Links<'a> {
    policies: &'a [(Line, String)],
    name: &'a dyn Fn(&str) -> String,
}

impl Links<'_> {
    /// A link to a statement, under the words `shown`.
    fn link(&self, side: Side, shown: &str) -> String {
        let (line, address) = &self.policies[side.policy];
        let service = &line.services[side.service];
        let (class, shape) = (stance_class(service.stance), words::stance_shape(service.stance));
        format!(
            "<a href=\"{}.{}\"><span class=\"{class}\" aria-hidden=\"true\">{shape}</span>&nbsp;<span class=\"theirs\">{}</span></a>",
            Esc(address),
            Esc(&service.finding),
            Esc(shown)
        )
    }

    fn between(&self, topic: &str, covering: &[Side], refusing: &[Side]) -> String {
        let payers = |sides: &[Side]| {
            let link = |side: &Side| self.link(*side, &self.policies[side.policy].0.payer);
            let named: Vec<String> = sides.iter().take(MOST_PAYERS).map(link).collect();
            let more = sides.len().saturating_sub(MOST_PAYERS);
            named.join(", ") + &if more > 0 { format!(" and {more} more") } else { String::new() }
        };
        format!(
            "<li data-topic=\"{}\"><b>{}</b>: covered at least for some uses by {}; refused by {}</li>\n",
            Esc(topic),
            Esc(&(self.name)(topic)),
            payers(covering),
            payers(refusing)
        )
    }

    fn within(&self, topic: &str, sides: &[Side]) -> String {
        let each: Vec<String> = sides
            .iter()
            .map(|side| {
                let line = &self.policies[side.policy].0;
                let stance = words::stance(line.services[side.service].stance);
                let link = self.link(*side, &line.title);
                if line.plans.is_empty() {
                    format!("{stance} in {link}")
                } else {
                    format!("{stance} in {link} ({})", Esc(&line.plans))
                }
            })
            .collect();
        let payer = &self.policies[sides[0].policy].0.payer;
        format!(
            "<li data-topic=\"{}\" data-payer=\"{1}\"><b class=\"theirs\">{1}</b>, {2}: {3}</li>\n",
            Esc(topic),
            Esc(payer),
            Esc(&(self.name)(topic)),
            each.join("; ")
        )
    }

    fn missing(&self, policy: usize, to: &str) -> String {
        let (line, address) = &self.policies[policy];
        format!(
            "<li data-payer=\"{0}\"><b class=\"theirs\">{0}</b>, <a class=\"theirs\" href=\"{1}\">{2}</a>, hands a use to \
             “<span class=\"theirs\">{3}</span>”</li>\n",
            Esc(&line.payer),
            Esc(address),
            Esc(&line.title),
            Esc(to)
        )
    }
}
