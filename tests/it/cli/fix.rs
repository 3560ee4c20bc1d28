//! `rasci check --fix`: what it applies, what it leaves alone, and that it does so once.

use std::fs;

use tempfile::TempDir;

use super::{Ran, files, run_in};

fn text(folder: &TempDir, file: &str) -> String {
    fs::read_to_string(folder.path().join(file)).unwrap()
}

fn fix(folder: &TempDir, paths: &[&str]) -> Ran {
    run_in(folder.path(), &[&["check", "--fix"], paths].concat())
}

const BROKEN: &str = "rasci: 1\nid: m\nparties: { customer: { titel: Customer }, helpdesk: {} } # all\n\
                      tasks:\n  t: { assign: [{ A: custmer, R: helpdsk }] }\n";

#[test]
fn errors_and_lints_are_mended_and_told() {
    let folder = files(&[("m.yaml", BROKEN)]);
    let ran = fix(&folder, &["m.yaml"]);
    let told = "mended m.yaml:3:24: write `title` (unknown-key)\n\
                mended m.yaml:5:22: write `customer` (unknown-party)\n\
                mended m.yaml:5:34: write `helpdesk` (unknown-party)\n";
    assert_eq!((ran.err.as_str(), ran.out.as_str(), ran.code), (told, "1 model checked: nothing to report\n", 0));
    let mended = BROKEN.replace("titel", "title").replace("custmer", "customer").replace("helpdsk", "helpdesk");
    assert_eq!(text(&folder, "m.yaml"), mended);
    let again = fix(&folder, &["m.yaml"]);
    assert_eq!((again.err.as_str(), text(&folder, "m.yaml")), ("", mended));
}

#[test]
fn what_a_mend_uncovers_is_mended_too() {
    let model = "rasci: 1\nid: m\nparties: { ann: {}, bob: {} }\ntasks:\n  t:\n    assign: [{ A: ann, R: bob }]\n    tasks:\n      \
                 part:\n        title: A part\n        assign:\n          - { R: bobb } # here too\n";
    let folder = files(&[("m.yaml", model)]);
    let ran = fix(&folder, &["m.yaml"]);
    assert!(ran.err.ends_with("mended m.yaml:11:13: take the assignment out (redundant-assignment)\n"), "{}", ran.err);
    assert_eq!(text(&folder, "m.yaml"), model.split_inclusive('\n').take(9).collect::<String>());
}

#[test]
fn bytes_that_no_mend_touches_stay() {
    let model = format!("\u{feff}{}", BROKEN.replace('\n', "\r\n").replace("# all", "# é 🙂\t"));
    let folder = files(&[("m.yaml", &model)]);
    assert_eq!(fix(&folder, &["m.yaml"]).code, 0);
    let mended = model.replace("titel", "title").replace("custmer", "customer").replace("helpdsk", "helpdesk");
    assert_eq!(text(&folder, "m.yaml"), mended);
}

/// `title` twice would be an error; the party is mended all the same.
#[test]
fn a_mend_that_would_make_it_worse_is_left_out() {
    let model = BROKEN.replace("{ titel: Customer }", "{ title: The customer, titel: Customer }");
    let folder = files(&[("m.yaml", &model)]);
    let ran = fix(&folder, &["m.yaml"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("error[unknown-key]") && !ran.err.contains("mended m.yaml:3"), "{}", ran.err);
    assert_eq!(text(&folder, "m.yaml"), model.replace("custmer", "customer").replace("helpdsk", "helpdesk"));
}

const BASE: &str = "rasci: 1\nid: base\nparties: { ann: {}, bob: {}, eve: {} }\ntasks:\n  t:\n    assign: [{ A: ann, R: bob }]\n    \
                    tasks: { part: { assign: [{ R: bob }] } }\n";

/// In the base the second assignment follows from the first; in the variant it does not.
const VARIANT: &str = "rasci: 1\nid: site\nextends: base.yaml\nassignments: [{ task: t, R: eve }]\n";

#[test]
fn a_base_changes_only_where_every_model_made_of_it_asks_for_it() {
    let folder = files(&[("base.yaml", BASE), ("site.yaml", VARIANT)]);
    assert_eq!(fix(&folder, &["."]).err.matches("mended").count(), 0);
    assert_eq!(text(&folder, "base.yaml"), BASE);
    let alone = fix(&folder, &["base.yaml"]);
    assert!(alone.err.contains("mended base.yaml:7:31: take the assignment out"), "{}", alone.err);
    assert_eq!(text(&folder, "base.yaml"), BASE.replace("tasks: { part: { assign: [{ R: bob }] } }", "tasks: { part: {} }"));
}

#[test]
fn files_that_were_not_given_are_not_changed() {
    let base = BASE.replace("R: bob }]\n", "R: bobb }]\n");
    let folder = files(&[("base.yaml", &base), ("site.yaml", "rasci: 1\nid: site\nextends: base.yaml\n")]);
    let ran = fix(&folder, &["site.yaml"]);
    assert_eq!((ran.code, ran.err.matches("mended").count(), text(&folder, "base.yaml")), (1, 0, base.clone()));
    assert_eq!(fix(&folder, &["site.yaml", "base.yaml"]).err.matches("mended base.yaml:6:27").count(), 1);
    assert_ne!(text(&folder, "base.yaml"), base);
}

/// What the author has to choose is not chosen.
#[test]
fn mends_that_are_not_certain_are_left_to_the_author() {
    let model = "rasci: 1\nid: m\nparties: { ann: {}, bob: {} }\ntasks: { t: { assign: [{ A/R: ann }] } }\n";
    let folder = files(&[("m.yaml", model)]);
    let ran = fix(&folder, &["m.yaml"]);
    assert!(ran.err.starts_with("warning[unused-party]"), "{}", ran.err);
    assert_eq!(text(&folder, "m.yaml"), model);
}

/// No broken model comes out worse, and what is mended once needs no second run.
#[test]
fn every_broken_model_is_mended_at_most_once() {
    let mut mended = 0;
    for entry in fs::read_dir("policies/broken").unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let before = fs::read_to_string(&path).unwrap();
        let folder = files(&[("m.yaml", &before)]);
        let errors = |ran: &Ran| ran.err.matches("error[").count();
        let unfixed = run_in(folder.path(), &["check", "m.yaml"]);
        let first = fix(&folder, &["m.yaml"]);
        let after = text(&folder, "m.yaml");
        assert!(errors(&first) <= errors(&unfixed), "{}: {}", path.display(), first.err);
        assert_eq!(after != before, first.err.contains("mended"), "{}", path.display());
        let second = fix(&folder, &["m.yaml"]);
        assert!(!second.err.contains("mended") && text(&folder, "m.yaml") == after, "{}: {}", path.display(), second.err);
        mended += usize::from(after != before);
    }
    assert!(mended > 15, "only {mended} were mended");
}

/// A comment in a base that only a variant has a use for is no finding where both are checked.
#[test]
fn a_suppression_that_another_model_uses_is_not_told() {
    let base = "rasci: 1\nid: base\nparties:\n  ann: {}\n  eve: {} # rasci: allow(unused-party) because not every site has nights\n\
                tasks: { t: { assign: [{ A/R: ann }, { id: nights, I: eve }] } }\n";
    let site = "rasci: 1\nid: site\nextends: base.yaml\nremove: { assignments: nights }\n";
    let folder = files(&[("base.yaml", base), ("site.yaml", site)]);
    let told = |paths: &[&str]| run_in(folder.path(), &[&["check"], paths].concat()).err.matches("[unused-").count();
    assert_eq!((told(&["base.yaml"]), told(&["site.yaml"]), told(&["."])), (1, 0, 0));
}

/// Nothing is said any more about the component, once the assignment is gone that says again what holds anyway.
#[test]
fn a_mend_that_brings_another_finding_is_left_to_the_author() {
    let model = "rasci: 1\nid: m\nparties: { ann: {}, bob: {} }\ncomponents: { sbc: {} }\ntasks:\n  t:\n    assign:\n      \
                 - { A: ann, R: bob }\n      - { component: sbc, R: bob }\n";
    let folder = files(&[("m.yaml", model)]);
    let ran = fix(&folder, &["m.yaml"]);
    assert!(ran.err.starts_with("warning[redundant-assignment]"), "{}", ran.err);
    assert_eq!(text(&folder, "m.yaml"), model);
    // Where something else is said about it, it goes.
    let other = model.replace("assign:\n", "assign:\n      - { component: sbc, I: ann }\n");
    let folder = files(&[("m.yaml", &other)]);
    assert!(fix(&folder, &["m.yaml"]).err.contains("mended m.yaml:10:9: take the assignment out"));
}

/// Under a key that was not known names are read only once it is: one that is unknown there is told then.
#[test]
fn a_key_is_mended_though_a_name_under_it_is_unknown() {
    let model = "rasci: 1\nid: m\nparties: { ann: {} }\ntasks: { t: { asign: [{ A: ann, R: nobody-we-know }] } }\n";
    let folder = files(&[("m.yaml", model)]);
    let ran = fix(&folder, &["m.yaml"]);
    assert!(ran.err.starts_with("mended m.yaml:4:15: write `assign` (unknown-key)\nerror[unknown-party]"), "{}", ran.err);
    assert_eq!((ran.code, text(&folder, "m.yaml")), (1, model.replace("asign", "assign")));
}

/// However many names are unknown under a key: it is told of each, once the key is read.
#[test]
fn names_under_a_key_are_mended_once_it_is() {
    let model = "rasci: 1\nid: m\nparties: { customer: {}, helpdesk: {} }\ntasks:\n  t:\n    asign:\n      \
                 - { A: custmer, R: helpdsk, I: nobody-we-know, C: [us, them] }\n";
    let folder = files(&[("m.yaml", model)]);
    let ran = fix(&folder, &["m.yaml"]);
    assert_eq!((ran.code, ran.err.matches("mended").count(), ran.err.matches("error[").count()), (1, 3, 3), "{}", ran.err);
    let mended = model.replace("asign", "assign").replace("custmer", "customer").replace("helpdsk", "helpdesk");
    assert_eq!(text(&folder, "m.yaml"), mended);
}

/// What was meant to stand there is not seen where nothing under it is known either.
#[test]
fn a_key_is_left_where_more_keys_under_it_are_unknown() {
    let model = "rasci: 1\nid: m\nparties: { ann: { contect: { priority: P1, scenario: cloud } } }\n\
                 tasks: { t: { assign: [{ A/R: ann }] } }\n";
    let folder = files(&[("m.yaml", model)]);
    let ran = fix(&folder, &["m.yaml"]);
    assert!(ran.code == 1 && ran.err.starts_with("error[unknown-key]"), "{}", ran.err);
    assert_eq!(text(&folder, "m.yaml"), model);
}

/// A party that is taken out of a letter changes an answer: what is redundant goes, and that stays.
#[test]
fn what_changes_an_answer_is_not_written() {
    let model = "rasci: 1\nid: m\nparties: { ann: {}, bob: {}, eve: {}, fay: {} }\ntasks:\n  t:\n    assign:\n      \
                 - { A: bob, R: ann, C: [ann, eve] }\n    tasks:\n      u:\n        assign:\n          \
                 - { R: ann, C: [ann, eve] }\n          - { S: fay }\n";
    let folder = files(&[("m.yaml", model)]);
    let ran = fix(&folder, &["m.yaml"]);
    assert_eq!(ran.err.matches("mended").count(), 1, "{}", ran.err);
    assert_eq!(text(&folder, "m.yaml"), model.replace("          - { R: ann, C: [ann, eve] }\n", ""));
}

/// The mark at the beginning stays whatever is mended first and uncovers what.
#[test]
fn a_byte_order_mark_stays_through_several_rounds() {
    let model = "\u{feff}rasci: 1\nid: m\nparties: { ann: {}, bob: {} }\ntasks:\n  t:\n    assign: [{ A: ann, R: bob }]\n    tasks:\n      \
                 part:\n        title: A part\n        assign:\n          - { R: bobb }\n";
    let folder = files(&[("m.yaml", model)]);
    assert_eq!(fix(&folder, &["m.yaml"]).err.matches("mended").count(), 2);
    assert_eq!(text(&folder, "m.yaml"), model.split_inclusive('\n').take(9).collect::<String>());
}

/// A variant that asks for one mend of the base does not ask for another.
#[test]
fn a_base_changes_only_where_every_model_asks_for_that() {
    let base = BASE.replace("part: {", "again: { assign: [{ A: ann }] }, part: {");
    let folder = files(&[("base.yaml", &base), ("site.yaml", VARIANT)]);
    let ran = fix(&folder, &["."]);
    assert_eq!(ran.err.matches("mended").count(), 1, "{}", ran.err);
    assert_eq!(text(&folder, "base.yaml"), base.replace("{ assign: [{ A: ann }] }", "{}"));
}

/// One that makes it worse keeps no other from being applied, wherever it stands.
#[test]
fn a_mend_is_applied_beside_one_that_is_left_out() {
    let worse = "note: { title: The customer, titel: Customer }";
    let party = worse.replace("note", "other");
    for parties in [format!("{party}, ann: {{ titel: Ann }}"), format!("ann: {{ titel: Ann }}, {party}")] {
        let model =
            format!("rasci: 1\nid: m\nparties: {{ {parties} }}\ntasks: {{ t: {{ assign: [{{ A/R: ann, I: other }}] }} }}\n");
        let folder = files(&[("m.yaml", &model)]);
        fix(&folder, &["m.yaml"]);
        assert_eq!(text(&folder, "m.yaml"), model.replace("titel: Ann", "title: Ann"));
    }
}
