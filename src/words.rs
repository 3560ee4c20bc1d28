//! Stage 6: the words for places and conditions that messages and answers share.

use crate::matrix::{Block, Cell};
use crate::model::{ComponentId, DimensionId, Model, TaskId, When};

/// `restore` at `sbc`; `restore` alone for the whole system.
pub(crate) fn cell_words(model: &Model, cell: Cell) -> String {
    let task = &model.task(cell.task).about.id;
    match cell.component {
        ComponentId::SYSTEM => format!("`{task}`"),
        component => format!("`{task}` at `{}`", model.component(component).about.id),
    }
}

/// ` when priority is P1`; nothing where it always holds.
pub(crate) fn when_words(model: &Model, when: &When) -> String {
    if when.is_empty() { String::new() } else { format!(" when {}", alternatives(model, when)) }
}

/// `priority is P1 or P2, and scenario is cloud; or priority is P3`.
pub(crate) fn alternatives(model: &Model, when: &When) -> String {
    let alternative = |values: &Vec<(DimensionId, Vec<usize>)>| {
        let each = values.iter().map(|(dimension, values)| values_words(model, *dimension, values));
        each.collect::<Vec<_>>().join(" and ")
    };
    when.iter().map(alternative).collect::<Vec<_>>().join("; or when ")
}

fn values_words(model: &Model, dimension: DimensionId, values: &[usize]) -> String {
    let dimension = model.dimension(dimension);
    let named = values.iter().filter_map(|value| dimension.values.get(*value)).map(AsRef::as_ref).collect::<Vec<&str>>();
    format!("{} is {}", dimension.id, either(&named))
}

/// `P1`, `P1 or P2`, `P1, P2 or P3`.
fn either(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [all @ .., last] => format!("{} or {last}", all.join(", ")),
    }
}

/// `restore` and all below it, at `sbc` and its parts; what has nothing below it is said alone.
pub(crate) fn say_block(model: &Model, block: Block, text: &mut String) {
    let quoted = |text: &mut String, id: &str| ["`", id, "`"].into_iter().for_each(|part| text.push_str(part));
    let tasks = block.task_below && !model.task(block.task).parts.is_empty();
    match block.task {
        TaskId::ALL => text.push_str("every task"),
        task => quoted(text, &model.task(task).about.id),
    }
    if tasks && block.task != TaskId::ALL {
        // What follows tasks with all below them is set off.
        text.push_str(" and all below it");
    }
    let parts = block.component_below && !model.component(block.component).parts.is_empty();
    if block.component == ComponentId::SYSTEM && !parts {
        return;
    }
    if tasks && block.task != TaskId::ALL {
        text.push(',');
    }
    if block.component == ComponentId::SYSTEM {
        return text.push_str(" everywhere");
    }
    text.push_str(" at ");
    quoted(text, &model.component(block.component).about.id);
    if parts {
        text.push_str(" and its parts");
    }
}
