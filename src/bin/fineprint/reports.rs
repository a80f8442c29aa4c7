//! From the flags of results to files: each analysis goes on as it comes, or is kept as a row until all are there.

use std::env;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use fineprint::pipeline::{self, Compiled, Input, Progress, RunError, Settings, Sink, Stream, Wanted, Worked};
use fineprint::report::html::{FOLDER, Index, MOST_IN_ONE_FILE, Single};
use fineprint::report::model::FindingModel;
use fineprint::report::tables::{CsvTable, Table, Workbook, dictionary_csv};
use fineprint::report::terminal::{Look, Row, page, table};
use fineprint::report::{Analysis, Extraction, Markdown, Marks, RunRecord, is_own};
use fineprint::rules::RuleSet;

use crate::closing::Tally;
use crate::corrections::Unmet;
use crate::report_args::{ReportArgs, ReportFormat, TableName};
use crate::{marks, output};

/// How `--format table` reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// A row a document.
    Table,
    /// A page a document.
    Page,
}

type Out = Box<dyn Write>;

/// Where analyses go.
enum Form {
    Stream(Stream<Out>),
    /// A row of each is kept until all are there: what was not read stands above the table.
    Table(Out, Vec<Row>),
    Page(Out),
    /// The matches that are no finding, a line each.
    Rejected(Out),
    Csv(Vec<CsvTable<Out>>),
    Markdown(Out, Markdown),
    Single(Out, Single),
    Folder(PathBuf, Index),
    Workbook(Out, Workbook),
}

/// Takes analyses, counts them and writes them.
pub(crate) struct Reports {
    form: Form,
    output: Option<PathBuf>,
    tally: Tally,
    record: Option<(PathBuf, RunRecord)>,
    fail_on: Vec<String>,
    new_only: bool,
    /// Every document so far is a file at its path, so that a link can lead there.
    files: bool,
    marks: Option<Marks>,
    /// Only what is said of these.
    topics: Vec<String>,
    rejected: bool,
    unmet: Unmet,
}

impl Reports {
    /// Opens what the flags name, for `documents` inputs.
    pub(crate) fn open(
        args: &ReportArgs,
        documents: usize,
        reading: Reading,
        settings: &Settings,
        rules: &RuleSet,
    ) -> Result<Reports> {
        let format = args.written()?;
        sound(args, format)?;
        let topics = known(&args.topic, rules)?;
        let record = args.run_record.clone().map(|path| {
            let options = env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
            (path, RunRecord::new(options, settings.as_of.map(|day| day.to_string())))
        });
        let marks = marks::of(args)?;
        let form = form(args, format, documents, reading, rules)?;
        let (fail_on, new_only, rejected) = (args.fail_on.clone(), args.new_only, args.rejected);
        let (output, unmet) = (args.output.clone(), Unmet::new(&settings.corrections));
        Ok(Reports {
            form,
            output,
            tally: Tally::default(),
            record,
            fail_on,
            new_only,
            files: true,
            marks,
            topics,
            rejected,
            unmet,
        })
    }

    /// Writes what waited for the last document, and the record.
    pub(crate) fn finish(self) -> Result<Tally> {
        let mut cleared = 0;
        match self.form {
            Form::Stream(stream) => stream.finish()?,
            Form::Table(_, rows) if rows.is_empty() => {}
            Form::Table(mut out, rows) => {
                table(&mut out, &rows, look(self.output.as_deref(), self.files))?;
                out.flush()?;
            }
            Form::Page(mut out) | Form::Rejected(mut out) => out.flush()?,
            Form::Csv(tables) => tables.into_iter().try_for_each(CsvTable::finish)?,
            Form::Markdown(mut out, pages) => pages.finish(&mut out)?,
            Form::Single(mut out, single) => single.finish(&mut out)?,
            Form::Folder(folder, index) => {
                cleared = clear(&folder, &index)?;
                index.finish(&mut output::writer(Some(&folder.join("index.html")))?)?;
            }
            Form::Workbook(mut out, book) => book.finish(&mut out)?,
        }
        let of_nothing = self.unmet.say();
        if let Some((path, mut record)) = self.record {
            record.of_nothing(of_nothing);
            let mut out = output::writer(Some(&path))?;
            serde_json::to_writer_pretty(&mut out, &record)?;
            out.write_all(b"\n").and_then(|()| out.flush())?;
        }
        if let Some(marks) = &self.marks {
            marks::say(marks);
        }
        if cleared > 0 {
            output::note(&format!("{} of an earlier report removed", output::counted(cleared, "page")));
        }
        Ok(self.tally)
    }

    /// Whether analyses go on as they are, as JSON, and nothing has to be looked at in them.
    fn passes_on(&self) -> bool {
        let looks =
            self.marks.is_some() || self.record.is_some() || !self.topics.is_empty() || !self.fail_on.is_empty();
        matches!(self.form, Form::Stream(_)) && !looks
    }

    /// Whether --fail-on is met: the payer's own words, in force, are of a category or kind, and not suppressed.
    fn fails(&self, analysis: &Analysis) -> bool {
        let counts = |finding: &&FindingModel| {
            let old = self.new_only && finding.baseline.as_deref() == Some("known");
            finding.operative && finding.suppressed.is_none() && !old
        };
        analysis.findings.iter().filter(counts).any(|finding| self.fail_on.iter().any(|word| says(finding, word)))
    }
}

impl Sink<Analysis> for Reports {
    fn take(&mut self, mut analysis: Analysis) -> io::Result<()> {
        self.files = self.files && Path::new(&analysis.source.path).is_file();
        // Before anything is left out by topic: what is left out is not gone.
        self.unmet.take(&analysis);
        if let Some(marks) = &mut self.marks {
            marks.mark(&mut analysis);
        }
        analysis.keep_about(&self.topics);
        self.tally.count(&analysis.extraction.completeness);
        if self.fails(&analysis) {
            self.tally.count_met();
        }
        if let Some((_, record)) = &mut self.record {
            record.take(&analysis);
        }
        match &mut self.form {
            Form::Stream(stream) => return stream.take(analysis),
            Form::Table(_, rows) => rows.push(Row::of(&analysis)),
            Form::Rejected(out) => return rejected(out, &analysis),
            Form::Page(out) => return page(out, &analysis, look(self.output.as_deref(), self.files)),
            Form::Csv(tables) => return tables.iter_mut().try_for_each(|table| table.take(&analysis)),
            Form::Markdown(_, pages) => return pages.take(&analysis),
            Form::Single(_, single) => return single.take(&analysis),
            Form::Folder(folder, index) => {
                let path = folder.join(index.take(&analysis));
                let mut out = output::writer(Some(&path)).map_err(io::Error::other)?;
                return Index::page(&mut out, &analysis).and_then(|()| out.flush());
            }
            Form::Workbook(_, book) => book.take(&analysis),
        }
        Ok(())
    }
}

/// How to print for reading; with links where the documents are files.
fn look(path: Option<&Path>, files: bool) -> Look {
    Look { links: output::links(path).filter(|_| files), ..output::look(path) }
}

/// Whether a finding is of a category or kind.
fn says(finding: &FindingModel, word: &str) -> bool {
    finding.category.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Runs the chain over `inputs` for `reports`; pages get the documents' text as well.
pub(crate) fn over(
    inputs: &[Input],
    compiled: &Compiled,
    settings: &Settings,
    reports: &mut Reports,
    progress: impl FnMut(Progress),
) -> Result<(), RunError> {
    let extraction = matches!(reports.form, Form::Single(..) | Form::Folder(..));
    // What a command before reading says of itself is put into the analysis, and corrections are looked for in it.
    let json = reports.passes_on() && settings.pre.is_none() && settings.corrections.is_empty();
    let wanted = Wanted { analysis: !json, json, extraction, text: false, rejected: reports.rejected };
    pipeline::work(inputs, Some(compiled), settings, wanted, reports, progress)
}

impl Sink<Worked> for Reports {
    fn take(&mut self, worked: Worked) -> io::Result<()> {
        if let (Some(json), Form::Stream(stream)) = (&worked.json, &mut self.form) {
            self.tally.count(&worked.completeness);
            return stream.take_json(json);
        }
        let Some(mut analysis) = worked.analysis else { return Ok(()) };
        analysis.reading = worked.extraction.map(Extraction::reading);
        Sink::<Analysis>::take(self, analysis)
    }
}

/// The ids of topics that were named by id or plain name; what nobody knows is a slip of the pen.
fn known(topics: &[String], rules: &RuleSet) -> Result<Vec<String>> {
    let id = |named: &String| {
        let same = |known: &str| known.eq_ignore_ascii_case(named.trim());
        if let Some(topic) = rules.topics.iter().find(|topic| same(&topic.id) || same(&topic.name)) {
            return Ok(topic.id.clone());
        }
        let all: Vec<&str> = rules.topics.iter().map(|topic| topic.id.as_str()).collect();
        bail!("--topic {named} is no topic: name one of {}", all.join(", "))
    };
    topics.iter().map(id).collect()
}

/// A line for each match that is no finding: where, which rule on which words, and what rejected it.
fn rejected(out: &mut dyn Write, analysis: &Analysis) -> io::Result<()> {
    for one in analysis.rejected.iter().flatten() {
        let page = one.page.map(|page| format!(":{page}")).unwrap_or_default();
        let words = one.reason_words.as_ref().map(|words| format!(" “{words}”")).unwrap_or_default();
        writeln!(
            out,
            "{}{page}: {} “{}” rejected by {}{words}\n  {}",
            analysis.source.path, one.rule, one.matched, one.reason, one.quote
        )?;
    }
    Ok(())
}

/// Flags that fit no other format are a mistake, not a wish to be dropped.
fn sound(args: &ReportArgs, format: ReportFormat) -> Result<()> {
    if args.table.is_some() && format != ReportFormat::Csv {
        bail!("--table names a table of --format csv: add that, or leave it out");
    }
    if args.single && format != ReportFormat::Html {
        bail!("--single keeps --format html in one file: add that, or leave it out");
    }
    if args.rejected && !matches!(format, ReportFormat::Table | ReportFormat::Json | ReportFormat::Jsonl) {
        bail!("--rejected goes with --format table, json or jsonl: choose one of them, or leave it out");
    }
    let needs = matches!(format, ReportFormat::Html | ReportFormat::Xlsx);
    if needs && args.output.is_none() {
        bail!("--format html and xlsx write files: name one with --output, as in --output report.html");
    }
    Ok(())
}

impl ReportArgs {
    /// The format in which to write: as asked, else by the ending of --output.
    pub(crate) fn written(&self) -> Result<ReportFormat> {
        output::format(self.format, self.output.as_deref(), ReportFormat::Table)
    }
}

fn form(args: &ReportArgs, format: ReportFormat, documents: usize, reading: Reading, rules: &RuleSet) -> Result<Form> {
    let writer = || output::writer(args.output.as_deref());
    Ok(match format {
        ReportFormat::Json => Form::Stream(Stream::array(writer()?)),
        ReportFormat::Jsonl => Form::Stream(Stream::lines(writer()?)),
        ReportFormat::Table if args.rejected => Form::Rejected(writer()?),
        ReportFormat::Table if reading == Reading::Page => Form::Page(writer()?),
        ReportFormat::Table => Form::Table(writer()?, Vec::new()),
        ReportFormat::Md => Form::Markdown(writer()?, Markdown::new(rules)),
        ReportFormat::Xlsx => Form::Workbook(writer()?, Workbook::default()),
        ReportFormat::Csv => Form::Csv(tables(args)?),
        ReportFormat::Html => html(args, documents, rules)?,
    })
}

/// One table, or all four with their dictionary in a folder.
fn tables(args: &ReportArgs) -> Result<Vec<CsvTable<Out>>> {
    let one = args.table.map(|name| match name {
        TableName::Policies => Table::Policies,
        TableName::Findings => Table::Findings,
        TableName::Statements => Table::Statements,
        TableName::Codes => Table::Codes,
    });
    match (&args.output, one) {
        (Some(folder), None) if !ends_in(folder, &["csv"]) => {
            make_folder(folder)?;
            dictionary_csv(&mut output::writer(Some(&folder.join("dictionary.csv")))?)?;
            let open = |table: Table| {
                let out = output::writer(Some(&folder.join(format!("{}.csv", table.id()))))?;
                Ok(CsvTable::new(table, out)?)
            };
            Table::ALL.into_iter().map(open).collect()
        }
        (file, one) => Ok(vec![CsvTable::new(one.unwrap_or(Table::Policies), output::writer(file.as_deref())?)?]),
    }
}

fn ends_in(path: &Path, endings: &[&str]) -> bool {
    path.extension().is_some_and(|ending| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// One file, or a folder with an index.
fn html(args: &ReportArgs, documents: usize, rules: &RuleSet) -> Result<Form> {
    let path = args.output.as_deref().ok_or_else(|| anyhow!("--format html writes files: name one with --output"))?;
    if !ends_in(path, &["html", "htm"]) && !args.single {
        let index = path.join("index.html");
        if index.is_file() && !is_own("html", File::open(&index)?) {
            bail!("{} is there and fineprint did not write it: name another folder with --output", index.display());
        }
        make_folder(&path.join(FOLDER))?;
        return Ok(Form::Folder(path.to_owned(), Index::new(rules)));
    }
    if documents > MOST_IN_ONE_FILE && !args.single {
        bail!(
            "{documents} policies are many for one file: name a folder, as in --output {}, or add --single",
            path.with_extension("").display()
        );
    }
    if documents > MOST_IN_ONE_FILE {
        output::note(&format!("{documents} policies in one file: it needs JavaScript to be of use"));
    }
    Ok(Form::Single(output::writer(Some(path))?, Single::new(rules)))
}

/// Marks the pages of an earlier report in the folder that are none of this one, so that they go when all else is
/// written; their number. What fineprint did not write stays.
fn clear(folder: &Path, index: &Index) -> Result<usize> {
    let mut removed = 0;
    for entry in fs::read_dir(folder.join(FOLDER))? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if output::is_left_over(&path) {
            output::removes(path);
        } else if !index.has(&name) && ends_in(&path, &["html"]) && is_own("html", File::open(&path)?) {
            output::removes(path);
            removed += 1;
        }
    }
    Ok(removed)
}

fn make_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)
        .with_context(|| format!("--output {} could not be made: check its folder", folder.display()))
}
