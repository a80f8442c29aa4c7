//! The packs in the binary: every file of `corpora/rules` and `corpora/cues`, the core macros first.

use super::PackText;

/// The pack in that file under `corpora/`.
macro_rules! pack {
    ($folder:literal, $name:literal) => {
        PackText {
            name: $name,
            file: concat!("corpora/", $folder, "/", $name, ".toml"),
            text: include_str!(concat!("../../corpora/", $folder, "/", $name, ".toml")),
        }
    };
}

const PACKS: &[PackText<'static>] = &[
    pack!("rules", "core"),
    pack!("rules", "investigational"),
    pack!("rules", "necessity"),
    pack!("rules", "exclusion"),
    pack!("rules", "evidence"),
    pack!("rules", "utilization"),
    pack!("rules", "coverage"),
    pack!("rules", "levers"),
    pack!("cues", "negation"),
    pack!("cues", "history"),
    pack!("cues", "attribution"),
    pack!("cues", "definition"),
    pack!("cues", "manner"),
    pack!("cues", "look-alikes"),
];

/// Words near which a payer's statement usually stands: to look for what the rules miss, and no part of them.
pub const TRIGGERS: PackText<'static> =
    PackText { name: "triggers", file: "corpora/triggers.toml", text: include_str!("../../corpora/triggers.toml") };

/// The embedded packs, in the order in which they are read.
#[must_use]
pub fn embedded() -> Vec<PackText<'static>> {
    PACKS.to_vec()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;
    use crate::rules::RuleSet;

    #[test]
    fn every_pack_of_the_corpora_is_embedded() {
        let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora");
        let mut on_disk = BTreeSet::new();
        for folder in ["rules", "cues"] {
            let Ok(files) = std::fs::read_dir(corpora.join(folder)) else { continue };
            let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
            on_disk.extend(names.filter(|name| name.ends_with(".toml")).map(|name| format!("corpora/{folder}/{name}")));
        }
        let embedded: BTreeSet<String> = PACKS.iter().map(|pack| pack.file.to_owned()).collect();
        assert_eq!(embedded, on_disk);
    }

    #[test]
    fn the_embedded_packs_are_right() {
        if let Err(errors) = RuleSet::parse(&embedded()) {
            let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
            panic!("{}", lines.join("\n"));
        }
    }
}
