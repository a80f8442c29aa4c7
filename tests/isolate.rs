//! Documents in worker processes: the same bytes as in this process, and nobody's death is another's.

use std::path::{Path, PathBuf};
use std::time::Duration;

use fineprint::pipeline::{
    Collected, Compiled, Input, Isolation, MEMORY_IS_LIMITED, Place, RunError, Settings, Told, WalkOptions, Wanted,
    Worked, find, work,
};
use fineprint::rules::PackText;

fn isolation() -> Isolation {
    Isolation::new(PathBuf::from(env!("CARGO_BIN_EXE_fineprint")))
}

fn compiled() -> Compiled {
    let pack = include_str!("packs/mine.toml");
    Compiled::embedded_and(&[PackText { name: "mine", file: "mine.toml", text: pack }]).expect("the packs are sound")
}

fn run(inputs: &[Input], jobs: usize, isolation: Option<Isolation>) -> Vec<Worked> {
    let settings = Settings { jobs, isolation, ..Settings::default() };
    let wanted = Wanted { analysis: true, json: true, extraction: true, text: true, rejected: true };
    let mut all = Collected(Vec::new());
    work(inputs, Some(&compiled()), &settings, wanted, &mut all, |_| ()).expect("the workers start");
    all.0
}

fn input(name: &str, bytes: Vec<u8>) -> Input {
    Input { path: name.to_owned(), place: Place::Bytes(bytes), told: Told::default() }
}

fn sound(name: &str) -> Input {
    input(name, include_bytes!("hostile/sound.pdf").to_vec())
}

/// A tag with so many attributes that comparing each with each takes minutes.
fn endless() -> Vec<u8> {
    let attributes: Vec<String> = (0..400_000).map(|n| format!("a{n}=1")).collect();
    format!("<html><body><p {}>not covered", attributes.join(" ")).into_bytes()
}

fn code(worked: &Worked) -> Option<&str> {
    worked.error.as_ref().map(|error| error.code.as_str())
}

#[test]
fn workers_give_the_same_bytes_as_one_process() {
    let folders = ["tests/hostile", "corpora/policies"].map(|name| Path::new(env!("CARGO_MANIFEST_DIR")).join(name));
    let mut inputs = find(&folders, &WalkOptions::default()).expect("the folders can be walked").inputs;
    inputs.push(input("no-such-file.pdf", Vec::new()));
    inputs.push(Input { path: "gone".to_owned(), place: Place::File("gone".into()), told: Told::default() });
    let shown = |all: &[Worked]| all.iter().map(shown).collect::<Vec<_>>();
    let here = shown(&run(&inputs, 1, None));
    assert_eq!(here.len(), inputs.len());
    assert_eq!(shown(&run(&inputs, 3, Some(isolation()))), here);
}

/// Everything of a result as text.
fn shown(worked: &Worked) -> String {
    let json = |value: serde_json::Result<String>| value.expect("it is plain data");
    let Worked { path, completeness, error, analysis, json: written, extraction, text } = worked;
    let (analysis, extraction) = (json(serde_json::to_string(analysis)), json(serde_json::to_string(extraction)));
    assert_eq!(written.as_ref(), Some(&analysis), "the analysis as JSON is the analysis");
    format!("{path} {completeness} {error:?}\n{analysis}\n{extraction}\n{text:?}")
}

#[test]
fn a_document_over_its_time_or_memory_is_one_line_and_touches_no_other() {
    let large = "The service is not covered. ".repeat(5 << 20).into_bytes();
    let inputs = [sound("a"), input("endless", endless()), sound("b"), input("large", large), sound("c")];
    let isolation = Isolation { max_time: Duration::from_secs(20), max_memory: 200 << 20, ..isolation() };
    let all = run(&inputs, 2, Some(isolation));
    assert_eq!(all.iter().map(code).collect::<Vec<_>>(), [None, Some("limit"), None, Some("limit"), None]);
    let message = |at: usize| all[at].error.as_ref().expect("it failed").message.clone();
    assert!(message(1).contains("20 s") && message(1).contains("--max-seconds"), "{}", message(1));
    let flag = if MEMORY_IS_LIMITED { "--max-memory" } else { "--max-seconds" };
    assert!(message(3).contains(flag), "{}", message(3));
    let [alone] = run(&inputs[4..], 1, None).try_into().expect("one");
    assert_eq!(shown(&all[4]), shown(&alone));
}

#[test]
fn a_result_just_within_its_limit_passes_and_one_byte_more_does_not() {
    let inputs = [sound("a")];
    let passes = |max_output: u64| code(&run(&inputs, 1, Some(Isolation { max_output, ..isolation() }))[0]).is_none();
    let (mut too_small, mut enough) = (0, 1 << 20);
    assert!(passes(enough) && !passes(too_small));
    while enough - too_small > 1 {
        let middle = (too_small + enough) / 2;
        *(if passes(middle) { &mut enough } else { &mut too_small }) = middle;
    }
    assert!(enough > 1000, "the result was measured: {enough}");
}

#[cfg(unix)]
#[test]
fn a_worker_that_dies_is_its_documents_line_with_the_cause() {
    let script = format!("ulimit -S -t 10; exec '{}' worker", env!("CARGO_BIN_EXE_fineprint"));
    // On a loaded machine ten seconds of the processor are many more of the clock.
    let max_time = Duration::from_secs(900);
    let arguments = vec!["-c".to_owned(), script];
    let dying = Isolation { program: PathBuf::from("sh"), arguments, max_time, ..isolation() };
    let all = run(&[sound("a"), input("endless", endless()), sound("b")], 1, Some(dying));
    assert_eq!(all.iter().map(code).collect::<Vec<_>>(), [None, Some("crashed"), None]);
    let message = &all[1].error.as_ref().expect("it died").message;
    assert!(message.contains("ended its worker process (signal "), "{message}");
    assert!(all[1].analysis.as_ref().is_some_and(|analysis| analysis.source.sha256.is_some()));
}

#[test]
fn workers_that_cannot_start_are_an_error_of_the_run() {
    let settings = |isolation| Settings { isolation: Some(isolation), ..Settings::default() };
    let wanted = Wanted { analysis: true, ..Wanted::default() };
    let error = |isolation: Isolation, compiled: &Compiled| {
        let mut none = Collected(Vec::new());
        let error = work(&[sound("a")], Some(compiled), &settings(isolation), wanted, &mut none, |_| ());
        let Err(RunError::Workers(reason)) = error else { panic!("{error:?}") };
        reason
    };
    error(Isolation::new(PathBuf::from("no-such-program")), &compiled());
    let other = Compiled::new(compiled().rules);
    assert!(error(isolation(), &other).contains("other rules"), "it has no packs to send");
    let wrong = Isolation { arguments: vec!["schema".to_owned()], ..isolation() };
    error(wrong, &compiled());
}
