//! fineprint reads US health payers' medical policies and shows, in their own words, what blocks a
//! claim and what an advocate can hold on to.
//!
//! A document's bytes become a [`document::Document`] (`extract`), its sentences with matches (`matcher`),
//! findings with their verdict (`context`) and a leverage summary (`summary`); what leaves the library is one
//! serializable model, [`report::Analysis`]. [`pipeline`] runs that chain over many documents, in order, on any
//! number of threads; all other modules are pure functions. The model and the functions of `pipeline` are what a
//! program should build on; the modules between are public for those who need a part of the chain.
//!
//! **Analyze bytes.**
//!
//! ```
//! use fineprint::pipeline::{Collected, Compiled, Input, Place, Settings, Told, analyze};
//!
//! let rules = Compiled::embedded_and(&[]).expect("the embedded rules are sound");
//! let text = b"Platelet-rich plasma injections are considered investigational.".to_vec();
//! let input = Input { path: "policy.txt".to_owned(), place: Place::Bytes(text), told: Told::default() };
//! let mut analyses = Collected(Vec::new());
//! analyze(&[input], &rules, &Settings::default(), &mut analyses, |_| ())?;
//! let finding = &analyses.0[0].findings[0];
//! assert_eq!(finding.category, "barrier/investigational");
//! assert!(finding.operative);
//! # Ok::<(), fineprint::pipeline::RunError>(())
//! ```
//!
//! **Rules of your own**, beside the embedded ones; `docs/rules.md` has the notation. What is wrong in a pack comes
//! back as a list with file, line and column.
//!
//! ```
//! use fineprint::pipeline::{Collected, Compiled, Input, Place, Settings, Told, analyze};
//! use fineprint::rules::PackText;
//!
//! let text = r#"
//! [[rule]]
//! id = "gel/is-refused"
//! category = "barrier/benefit-exclusion"
//! patterns = ["gel {is|are} not paid [for]"]
//! examples = ["Gel is not paid for."]
//! counter_examples = ["Gel is paid."]
//! why = "Our plan refuses gel by name."
//! "#;
//! let pack = PackText { name: "mine", file: "mine.toml", text };
//! let rules = Compiled::embedded_and(&[pack]).map_err(|problems| problems[0].to_string())?;
//! let text = b"Coverage\n\nGel is not paid for.".to_vec();
//! let input = Input { path: "policy.txt".to_owned(), place: Place::Bytes(text), told: Told::default() };
//! let mut analyses = Collected(Vec::new());
//! analyze(&[input], &rules, &Settings::default(), &mut analyses, |_| ())?;
//! assert!(analyses.0[0].findings.iter().any(|finding| finding.rule == "gel/is-refused"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! **Stream results** of a folder, each as it is ready, in memory that does not grow with their number.
//!
//! ```
//! use fineprint::pipeline::{Compiled, Settings, Stream, WalkOptions, analyze, find};
//!
//! let found = find(&["tests/hostile/sound.txt".into()], &WalkOptions::default())?;
//! let rules = Compiled::embedded_and(&[]).expect("the embedded rules are sound");
//! let mut lines = Vec::new();
//! let mut stream = Stream::lines(&mut lines);
//! analyze(&found.inputs, &rules, &Settings { jobs: 2, ..Settings::default() }, &mut stream, |_| ())?;
//! stream.finish()?;
//! assert_eq!(lines.iter().filter(|byte| **byte == b'\n').count(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! **Documents from strangers** belong into worker processes: one that kills its worker is one line, and the run goes
//! on. A worker is any program that calls [`pipeline::serve`]; `fineprint worker` does.
//!
//! ```no_run
//! use fineprint::pipeline::{Isolation, Settings};
//!
//! let isolation = Isolation { max_memory: 512 << 20, ..Isolation::new("/usr/local/bin/fineprint".into()) };
//! let settings = Settings { isolation: Some(isolation), ..Settings::default() };
//! # let _ = settings;
//! ```

pub mod compare;
pub mod context;
pub mod document;
pub mod eval;
pub mod extract;
#[cfg(feature = "fetch")]
pub mod fetch;
pub mod finding;
pub mod matcher;
pub mod pipeline;
pub mod policy;
pub mod report;
pub mod rules;
#[cfg(feature = "store")]
pub mod store;
pub mod summary;
pub mod text;
