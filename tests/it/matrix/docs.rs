//! The pages show what the program prints: each block of `docs` that opens with a command is its own output.

use std::fs;

use crate::cli::run_in;

/// The pages whose blocks are held, and how many there are.
const PAGES: &[(&str, usize)] = &[("docs/matrix.md", 3), ("docs/drawings.md", 1), ("docs/questions.md", 15)];

/// A page with the output of each command beneath it. Commands that write a file are left as they are.
fn with_output(page: &str) -> (String, usize) {
    let mut text = String::new();
    let mut commands = 0;
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        text.push_str(line);
        text.push('\n');
        let Some(command) = line.strip_prefix("$ rasci ") else { continue };
        let args: Vec<&str> = command.split(' ').collect();
        let ran = run_in(".".as_ref(), &args);
        assert_eq!(ran.err, "", "{command}");
        text.push_str(&ran.out.replace("\r\n", "\n"));
        commands += 1;
        // What stands there until the next command or the end of the block is replaced.
        let rest: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        assert!(!rest.iter().any(|line| line.starts_with("$ ")), "a block has one command");
        text.push_str("```\n");
    }
    (text, commands)
}

#[test]
fn pages_show_what_the_program_prints() {
    for (path, count) in PAGES {
        let (text, commands) = with_output(&fs::read_to_string(path).unwrap());
        assert_eq!(commands, *count, "{path}");
        if std::env::var_os("RASCI_BLESS").is_some_and(|bless| bless == "1") {
            fs::write(path, &text).unwrap();
        }
        assert!(fs::read_to_string(path).unwrap() == text, "{path} differs; RASCI_BLESS=1 rewrites it:\n{text}");
    }
}
