//! regorus: the facts are data, the policy is Rego, compiled for its virtual machine; asked with names.

use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use regorus::{Engine, Value};
use serde_json::{Map, Value as Json, json};

use super::{Party, Peer};
use crate::facts::{Ask, Facts, LETTERS, Tree};

// The bare `parties` keeps what is undefined out of the list, which the virtual machine of 0.14 does not do by itself.
const POLICY: &str = "
package answers
import rego.v1

who := found[0] if {
    found := [parties |
        some task in data.above.task[input.task]
        some component in data.above.component[input.component]
        parties := data.said[task][component][input.letter]
        parties
    ]
}

holds if input.party in who
";

pub struct Rego {
    machine: RegoVM,
    asks: Vec<Value>,
}

impl Rego {
    pub fn new(facts: &Facts) -> Result<Self, Box<dyn std::error::Error>> {
        let mut engine = Engine::new();
        engine.add_policy("answers.rego".to_owned(), POLICY.to_owned())?;
        let entries = ["data.answers.who", "data.answers.holds"];
        let compiled = engine.compile_with_entrypoint(&entries[0].into())?;
        let mut machine = RegoVM::new();
        machine.load_program(Compiler::compile_from_policy(&compiled, &entries)?);
        machine.set_data(data(facts).into())?;
        Ok(Self { machine, asks: Vec::new() })
    }

    /// With these questions, ready to be asked.
    pub fn asked(mut self, facts: &Facts, asks: &[Ask]) -> Self {
        let ask = |ask: &Ask| {
            Value::from(json!({
                "task": facts.tasks.names[ask.task], "component": facts.components.names[ask.component],
                "letter": LETTERS[ask.letter], "party": facts.parties[ask.party],
            }))
        };
        self.asks = asks.iter().map(ask).collect();
        self
    }

    fn run(&mut self, nth: usize, entry: usize) -> Value {
        self.machine.set_input(self.asks[nth].clone());
        self.machine.execute_entry_point_by_index(entry).expect("it answers")
    }
}

fn data(facts: &Facts) -> Json {
    let above = |tree: &Tree| {
        let path = |place: usize| tree.path(place).map(|place| Json::from(&*tree.names[place])).collect::<Vec<_>>();
        (0..tree.names.len()).map(|place| (tree.names[place].clone(), path(place).into())).collect::<Map<_, _>>()
    };
    let mut said: Map<String, Json> = Map::new();
    for one in &facts.said {
        let task = said.entry(&*facts.tasks.names[one.task]).or_insert_with(|| json!({}));
        let names: Vec<&str> = one.parties.iter().map(|party| &*facts.parties[*party]).collect();
        task[&*facts.components.names[one.component]][LETTERS[one.letter]] = json!(names);
    }
    json!({ "above": { "task": above(&facts.tasks), "component": above(&facts.components) }, "said": said })
}

impl Peer for Rego {
    fn who(&mut self, nth: usize, mut see: impl FnMut(Party<'_>)) {
        if let Ok(parties) = self.run(nth, 0).as_array() {
            parties.iter().for_each(|party| see(Party::Name(party.as_string().expect("a name"))));
        }
    }

    fn holds(&mut self, nth: usize) -> bool {
        self.run(nth, 1) == Value::from(true)
    }
}
