//! Questions on a day: the absent hold nothing, and who stands in holds exactly what they would.

use rasci::jiff::civil::{Date, date};
use rasci::query::StandIn;
use rasci::{How, Letter, Policy};

/// Ann is away and Bob stands in; Bob is away later in that time, and Zed of the vendor stands in for him; on one day of
/// those Zed is away too, and it is Max.
const MODEL: &str = "
rasci: 1
id: on-call
parties:
  customer:
    parties:
      helpdesk:
        parties:
          ann: { kind: person, absent: [{ from: 2026-12-21, until: 2026-12-31, deputy: bob }] }
          bob: { kind: person, absent: [{ from: 2026-12-24, until: 2026-12-26, deputy: zed }, { from: 2027-02-01, until: 2027-02-01 }] }
  vendor:
    parties:
      zed: { kind: person, absent: [{ from: 2026-12-26, until: 2026-12-26, deputy: max }] }
      max: { kind: person }
tasks:
  restore: { assign: [{ A: customer, R: ann }] }
  report: { assign: [{ A: customer, R: helpdesk }] }
  call: { assign: [{ A: customer, R: bob }] }
";

const BEFORE: Date = date(2026, 12, 20);
const FIRST: Date = date(2026, 12, 21);
const CHRISTMAS: Date = date(2026, 12, 25);
const BOXING_DAY: Date = date(2026, 12, 26);
const LAST: Date = date(2026, 12, 31);
const AFTER: Date = date(2027, 1, 1);
const ALONE: Date = date(2027, 2, 1);

/// In which way a party is responsible for a task on a day, and through whom.
fn held(policy: &Policy, party: &str, task: &str, on: Date) -> Option<(How, Vec<String>)> {
    let cell = policy.cell(task, None).unwrap();
    let context = rasci::Context::default();
    let holds = policy.holding(policy.party(party).unwrap(), Letter::Responsible, cell, &context, Some(on), &How::ALL);
    let case = &holds.cases[0];
    let through = case.through.iter().map(|id| policy.model().party(*id).about.id.to_string());
    case.how.map(|how| (how, through.collect()))
}

#[test]
fn who_stands_in_is_the_first_deputy_who_is_there() {
    let policy = Policy::parse("m.yaml", MODEL).unwrap();
    let [ann, bob, zed, max] = ["ann", "bob", "zed", "max"].map(|name| policy.party(name).unwrap());
    assert_eq!(policy.absence(ann, BEFORE), None);
    assert_eq!(policy.absence(ann, FIRST), Some(StandIn { deputy: Some(bob) }), "the first day is included");
    assert_eq!(policy.absence(ann, CHRISTMAS), Some(StandIn { deputy: Some(zed) }), "bob is away himself");
    assert_eq!(policy.absence(ann, BOXING_DAY), Some(StandIn { deputy: Some(max) }), "and zed as well");
    assert_eq!(policy.absence(ann, LAST), Some(StandIn { deputy: Some(bob) }), "so is the last");
    assert_eq!(policy.absence(ann, AFTER), None);
    assert_eq!(policy.absence(bob, ALONE), Some(StandIn { deputy: None }));
}

#[test]
fn a_deputy_holds_what_the_absent_would_as_named() {
    let policy = Policy::parse("m.yaml", MODEL).unwrap();
    let named = |through: &str| Some((How::Named, vec![through.to_owned()]));
    assert_eq!(held(&policy, "ann", "restore", BEFORE), named("ann"));
    assert_eq!(held(&policy, "bob", "restore", BEFORE), None);
    assert_eq!(held(&policy, "ann", "restore", FIRST), None, "the absent hold nothing");
    assert_eq!(held(&policy, "bob", "restore", FIRST), named("ann"));
    assert_eq!(held(&policy, "bob", "restore", CHRISTMAS), None);
    assert_eq!(held(&policy, "zed", "restore", CHRISTMAS), named("ann"), "through the whole chain");
    assert_eq!(held(&policy, "max", "restore", BOXING_DAY), named("ann"));
    assert_eq!(held(&policy, "bob", "call", ALONE), None, "and without a deputy nobody does");
    assert_eq!(held(&policy, "customer", "call", ALONE), None);
}

#[test]
fn a_deputy_holds_what_the_absent_would_as_a_member() {
    let policy = Policy::parse("m.yaml", MODEL).unwrap();
    let member = Some((How::AsMember, vec!["helpdesk".to_owned()]));
    assert_eq!(held(&policy, "ann", "report", BEFORE), member);
    assert_eq!(held(&policy, "zed", "report", BEFORE), None);
    assert_eq!(held(&policy, "ann", "report", CHRISTMAS), None);
    assert_eq!(held(&policy, "max", "report", BOXING_DAY), member);
    assert_eq!(held(&policy, "zed", "report", CHRISTMAS), member, "zed stands in for members of the helpdesk");
}

#[test]
fn a_party_holds_through_the_part_that_stands_in() {
    let policy = Policy::parse("m.yaml", MODEL).unwrap();
    let through = |part: &str| Some((How::ThroughPart, vec![part.to_owned()]));
    assert_eq!(held(&policy, "customer", "restore", BEFORE), through("ann"));
    assert_eq!(held(&policy, "customer", "restore", FIRST), through("bob"));
    assert_eq!(held(&policy, "vendor", "restore", FIRST), None);
    assert_eq!(held(&policy, "vendor", "restore", CHRISTMAS), through("zed"));
    assert_eq!(held(&policy, "customer", "restore", CHRISTMAS), None);
}
