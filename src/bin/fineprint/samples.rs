//! The sample corpus in the binary: policies of invented payers, for `fineprint demo`.

use std::path::PathBuf;

use anyhow::{Result, anyhow};
use fineprint::pipeline::{Input, Place, Told, told_by_table};

/// A file of `corpora/policies`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample {
    /// Its path in that folder.
    pub(crate) path: &'static str,
    /// Its bytes.
    pub(crate) bytes: &'static [u8],
}

/// The file at that path in `corpora/policies`.
macro_rules! sample {
    ($path:literal) => {
        Sample { path: $path, bytes: include_bytes!(concat!("../../../corpora/policies/", $path)) }
    };
}

/// The documents, in the order in which a walk finds them.
pub(crate) static DOCUMENTS: &[Sample] = &[
    sample!("alder-ridge/regenerative-injections.pdf"),
    sample!("alder-ridge/tumor-profiling.html"),
    sample!("cobalt-river/new-technology-exceptions.html"),
    sample!("cobalt-river/orthobiologics.html"),
    sample!("copperleaf-trust/clinical-trial-routine-costs.html"),
    sample!("copperleaf-trust/plan-document-exclusions.pdf"),
    sample!("juniper-mutual/adipose-derived-therapies.html"),
    sample!("juniper-mutual/biologic-step-therapy.docx"),
    sample!("juniper-mutual/bone-graft-and-cell-products.pdf"),
    sample!("larkspur-health/hematopoietic-transplant-lymphoma.pdf"),
    sample!("larkspur-health/state-and-group-variations.html"),
    sample!("larkspur-health/stem-cell-orthopedic.pdf"),
    sample!("meadowlark-community/gene-therapy-hemophilia.pdf"),
    sample!("meadowlark-community/platelet-rich-plasma.docx"),
    sample!("northmere-health/birth-tissue-products.pdf"),
    sample!("northmere-health/platelet-rich-plasma.pdf"),
    sample!("northmere-health/unproven-services-list.pdf"),
    sample!("saltmarsh-medicare/l90412-skin-substitute-grafts.html"),
    sample!("saltmarsh-medicare/ncd-410-29-cell-therapy-heart-failure.txt"),
    sample!("silverbirch-advantage/hyperbaric-oxygen.txt"),
    sample!("silverbirch-advantage/stem-cell-spine.pdf"),
    sample!("silverbirch-advantage/unlisted-codes-and-cell-therapy.txt"),
    sample!("tamarack-community/hsct-sickle-cell.pdf"),
    sample!("tamarack-community/new-technology-review.txt"),
];

/// The table that tells of them what they cannot say.
pub(crate) static TABLE: Sample = sample!("fineprint.csv");

/// The documents as inputs, with what the table tells.
pub(crate) fn inputs() -> Result<Vec<Input>> {
    let table = std::str::from_utf8(TABLE.bytes)?;
    let told = told_by_table(table).map_err(|problems| anyhow!("{}: {}", TABLE.path, problems[0]))?;
    let told_of = |path: &str| {
        let row = told.iter().find(|row| row.path == PathBuf::from_iter(path.split('/')));
        row.map_or_else(Told::default, |row| row.told.clone())
    };
    let input = |sample: &Sample| Input {
        path: sample.path.to_owned(),
        place: Place::Bytes(sample.bytes.to_vec()),
        told: told_of(sample.path),
    };
    Ok(DOCUMENTS.iter().map(input).collect())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use fineprint::pipeline::{WalkOptions, find};

    use super::*;

    #[test]
    fn every_document_of_the_folder_is_embedded_and_told_of() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/policies");
        let found = find(std::slice::from_ref(&folder), &WalkOptions::default()).expect("the folder can be walked");
        let walked: Vec<(String, Told)> = found
            .inputs
            .iter()
            .map(|input| {
                let Place::File(path) = &input.place else { panic!("a walk finds files") };
                let path = path.strip_prefix(&folder).expect("it lies in the folder");
                (path.to_string_lossy().replace('\\', "/"), input.told.clone())
            })
            .collect();
        let embedded: Vec<(String, Told)> =
            inputs().expect("the table is right").into_iter().map(|input| (input.path, input.told)).collect();
        assert_eq!(embedded, walked);
        assert!(embedded.iter().all(|(_, told)| told.payer.is_some()), "every document has its row");
    }
}
