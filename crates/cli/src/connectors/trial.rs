//! A connector's golden files: what happens (`connectors/events`), the fields and answers of `golden/setup.json`, and the
//! requests that came of it the last time. No server, no network; the transform runs in the sandbox as it does on one.

mod setup;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use postern_catalogue::{
    Answer, Ask, Connector, File, Given, Handler, Happened, Mask, Sends, Step, call,
};
use postern_model::{EventKind, fits_pattern};
use postern_sandbox::{TransformLimits, transform};
use serde_json::{Map, Value, json};

use super::contract::Contract;
use crate::exit::Exit;
use crate::output;
use setup::{Case, Event, Setup};

/// The most requests of one case.
const MOST_STEPS: usize = 10;
/// When all of it happens: half a second after the events.
const NOW: i64 = 1_795_836_242_500;

/// Tries the connectors in a folder: one, or all.
pub(super) fn all(folder: &Path, bless: bool) -> anyhow::Result<Exit> {
    let one = folder.join("connector.toml").is_file();
    let (root, folders) = if one {
        let folder = folder.canonicalize().context("find the folder")?;
        let root = folder.parent().context("find what all connectors share")?;
        (root.to_owned(), vec![folder.clone()])
    } else {
        (folder.to_owned(), connectors(folder)?)
    };
    if folders.is_empty() {
        bail!(
            "find connectors in {}: none has a connector.toml",
            folder.display()
        );
    }
    let (mut cases, mut problems) = (0, Vec::new());
    for folder in &folders {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        match Trial::of(&root, folder).and_then(|trial| trial.run(bless)) {
            Ok(done) => {
                cases += done.cases;
                problems.extend(done.problems.iter().map(|it| format!("{name}: {it}")));
            }
            Err(error) => problems.push(format!("{name}: failed to {error:#}")),
        }
    }
    for problem in &problems {
        output::note(problem);
    }
    let connectors = folders.len();
    output::line(format!(
        "{connectors} connectors, {cases} cases, {} problems",
        problems.len()
    ));
    Ok(if problems.is_empty() {
        Exit::Ok
    } else {
        Exit::Failed
    })
}

fn connectors(root: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(root).with_context(|| format!("read {}", root.display()))?;
    let mut folders: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("connector.toml").is_file())
        .collect();
    folders.sort();
    Ok(folders)
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("read {}", path.display()))
}

fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("read {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    files.sort();
    Ok(files)
}

/// What came of a connector's cases.
#[derive(Default)]
struct Done {
    cases: usize,
    problems: Vec<String>,
}

/// One connector under trial.
struct Trial {
    connector: Connector,
    folder: PathBuf,
    events: PathBuf,
    setup: Setup,
    contract: Option<Contract>,
}

impl Trial {
    fn of(root: &Path, folder: &Path) -> anyhow::Result<Self> {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let library: Vec<(String, String)> = files(&root.join("lib"))?
            .iter()
            .map(|file| {
                let name = file.file_stem().unwrap_or_default().to_string_lossy();
                Ok((name.into_owned(), read(file)?))
            })
            .collect::<anyhow::Result<_>>()?;
        let library: Vec<(&str, &str)> = library
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        let source = folder.join("transform.js");
        let source = source.is_file().then(|| read(&source)).transpose()?;
        let manifest = read(&folder.join("connector.toml"))?;
        let connector = Connector::parse(&name, &manifest, source.as_deref(), &library)
            .map_err(|error| anyhow::anyhow!("read its manifest: it {error}"))?;
        let mut setup = Setup::default();
        let mut contract = None;
        if connector.sends() != Sends::Webhook {
            let text = read(&folder.join("golden/setup.json"))?;
            setup = serde_json::from_str(&text).context("read golden/setup.json")?;
        }
        if connector.sends() == Sends::Http {
            contract = Some(Contract::parse(&read(&folder.join("contract.json"))?)?);
        }
        Ok(Self {
            connector,
            folder: folder.to_owned(),
            events: root.join("events"),
            setup,
            contract,
        })
    }

    fn run(&self, bless: bool) -> anyhow::Result<Done> {
        let mut done = Done::default();
        if self.connector.sends() == Sends::Webhook {
            return Ok(done);
        }
        for handler in self.connector.handlers() {
            let mut golden = Map::new();
            let events = self.events.join(handler.as_str());
            for file in files(&events)? {
                let event: Event = serde_json::from_str(&read(&file)?)
                    .with_context(|| format!("read {}", file.display()))?;
                let name = file.file_stem().unwrap_or_default().to_string_lossy();
                let played = self.play(handler, event, &Case::plain(), &name, &mut done);
                golden.insert(name.into_owned(), played);
            }
            let first = match handler {
                Handler::Activity => "update",
                Handler::Results => "bare",
                Handler::Backup => "plain",
                Handler::Custom => "build",
                Handler::Trouble => "failing",
                Handler::Digest => "one",
            };
            let test = Case {
                test: true,
                ..Case::plain()
            };
            let event = serde_json::from_str(&read(&events.join(format!("{first}.json")))?)?;
            let played = self.play(handler, event, &test, "test", &mut done);
            golden.insert("test".to_owned(), played);
            self.compare(handler.as_str(), &golden, bless, &mut done)?;
        }
        if !self.setup.cases.is_empty() {
            let mut golden = Map::new();
            for (name, case) in &self.setup.cases {
                let (word, _) = case.event.split_once('/').unwrap_or_default();
                let handler = Handler::ALL.into_iter().find(|it| it.as_str() == word);
                let handler = handler.with_context(|| format!("find the event {}", case.event))?;
                let event = self.events.join(format!("{}.json", case.event));
                let event = serde_json::from_str(&read(&event)?)?;
                let played = self.play(handler, event, case, name, &mut done);
                golden.insert(name.clone(), played);
            }
            self.compare("cases", &golden, bless, &mut done)?;
        }
        Ok(done)
    }

    /// Plays one case to its end; what it came to.
    fn play(
        &self,
        handler: Handler,
        event: Event,
        case: &Case,
        name: &str,
        done: &mut Done,
    ) -> Value {
        done.cases += 1;
        let mut problem = |what: String| {
            done.problems
                .push(format!("{}/{name}: {what}", handler.as_str()));
        };
        let mut fields = self.setup.fields.clone();
        fields.extend(case.fields.clone());
        let kind = EventKind::parse(&event.told.kind).unwrap_or(EventKind::Custom);
        let fields = match self.connector.check(kind, &fields) {
            Ok(fields) => fields,
            Err(wrong) => {
                problem(format!("the fields of golden/setup.json: {wrong:?}"));
                return Value::Null;
            }
        };
        let mask = self.connector.mask(&fields);
        let given = given(handler, event, case, fields);
        let (mut answers, mut requests) = (Vec::new(), Vec::new());
        let end = loop {
            let step = match self.next(handler, &given, &answers) {
                Ok(step) => step,
                Err(why) => {
                    problem(why.clone());
                    break json!({ "failed": why });
                }
            };
            if requests.len() >= MOST_STEPS && matches!(step, Step::Ask(_)) {
                problem(format!("it wants more than {MOST_STEPS} requests"));
                break Value::Null;
            }
            match step {
                Step::Ask(ask) => {
                    requests.push(shown(&ask, &given, &mask));
                    if let Some(contract) = &self.contract {
                        let file = given.file.as_ref();
                        let body =
                            file.map_or_else(|| ask.body.clone(), |file| file.name(&ask.body));
                        let url = ask.url.as_str();
                        for wrong in contract.check(&ask.method, url, &ask.headers, &body) {
                            problem(mask.text(&wrong));
                        }
                    }
                    let said = self.answer(case, &ask, requests.len());
                    let accepted =
                        (200..300).contains(&said.status) || ask.accepts.contains(&said.status);
                    if !accepted {
                        let explained = self.connector.explain(said.status, &said.text);
                        let why = explained.unwrap_or_else(|| format!("answered {}", said.status));
                        break json!({ "failed": why });
                    }
                    if ask.last {
                        break json!("succeeded");
                    }
                    answers.push(said);
                }
                Step::Write(write) => {
                    let file = given.file.as_ref();
                    let body = write
                        .body
                        .map(|body| file.map_or(body.clone(), |file| file.name(&body)));
                    requests.push(json!({"write": write.path, "body": body}));
                    answers.push(Answer::new(200, &[], b"", 0));
                }
                Step::Mail(mail) => {
                    requests.push(json!({"to": mail.to, "subject": mail.subject, "text": mail.text, "html": mail.html, "thread": mail.thread}));
                    answers.push(Answer::new(250, &[], b"", 0));
                }
                Step::Done => break json!("succeeded"),
                Step::Nothing(why) => break json!({ "nothing": why }),
                Step::Failed(why) => break json!({ "failed": mask.text(&why) }),
            }
        };
        let played = json!({"requests": requests, "end": end});
        for secret in self.connector.secrets() {
            let value = given
                .fields
                .get(secret)
                .and_then(Value::as_str)
                .unwrap_or_default();
            if value.len() > 3 && played.to_string().contains(value) {
                problem(format!("the secret {secret} stands in its golden file"));
            }
        }
        played
    }

    fn next(&self, handler: Handler, given: &Given, answers: &[Answer]) -> Result<Step, String> {
        let source = self.connector.transform().unwrap_or_default();
        let input = call(handler, given, answers);
        let done = transform(source, &input, &TransformLimits::default())
            .map_err(|error| format!("the transform {error}"))?;
        self.connector
            .read(&given.fields, done.value)
            .map_err(|why| format!("the transform returned {why}"))
    }

    /// What the service says: as the case has it, or else the setup; 200 otherwise.
    fn answer(&self, case: &Case, ask: &Ask, step: usize) -> Answer {
        let said = case
            .answers
            .iter()
            .chain(&self.setup.answers)
            .filter(|said| said.step.is_none_or(|only| only == step))
            .find(|said| {
                said.method.as_ref().is_none_or(|only| *only == ask.method)
                    && fits_pattern(&said.url, ask.url.as_str())
            });
        let Some(said) = said else {
            return Answer::new(200, &[], b"", 0);
        };
        let body = match &said.body {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            value => value.to_string(),
        };
        let headers: Vec<(String, String)> = said.headers.clone().into_iter().collect();
        let bytes = u64::try_from(body.len()).unwrap_or(u64::MAX);
        Answer::new(said.status, &headers, body.as_bytes(), bytes)
    }

    fn compare(
        &self,
        name: &str,
        golden: &Map<String, Value>,
        bless: bool,
        done: &mut Done,
    ) -> anyhow::Result<()> {
        let file = self.folder.join(format!("golden/{name}.json"));
        let mut text = serde_json::to_string_pretty(golden).context("write what came of it")?;
        text.push('\n');
        if bless {
            fs::write(&file, &text).with_context(|| format!("write {}", file.display()))?;
        } else if fs::read_to_string(&file).unwrap_or_default() != text {
            let problem =
                format!("golden/{name}.json is not what comes out now: --bless writes it anew");
            done.problems.push(problem);
        }
        Ok(())
    }
}

fn given(handler: Handler, event: Event, case: &Case, fields: Map<String, Value>) -> Given {
    let Event {
        told: event,
        link,
        mut payload,
    } = event;
    let mut file = None;
    if handler == Handler::Backup {
        file = Some(File::new(&payload["collection"], "trial"));
        payload["collection"] = json!({"info": payload["collection"]["info"]});
    }
    if case.test {
        payload["postern"]["test"] = json!(true);
    }
    Given {
        event: Happened {
            id: event.id,
            kind: if case.test {
                "test".to_owned()
            } else {
                event.kind
            },
            custom_type: event.custom_type,
            at: event.at,
            ms: event.ms,
        },
        payload,
        fields,
        integration: (
            "0193a5c0-7a10-7c3e-9d55-eeeeeeeeeeee".to_owned(),
            "My integration".to_owned(),
        ),
        attempt: case.attempt.unwrap_or(1),
        now: case.now.unwrap_or(NOW),
        link,
        file,
    }
}

/// A request as a golden file shows it.
fn shown(ask: &Ask, given: &Given, mask: &Mask) -> Value {
    let mut shown = json!({"method": ask.method, "url": mask.text(ask.url.as_str())});
    let headers = mask.headers(&ask.headers);
    if !headers.is_empty() {
        let headers = headers
            .into_iter()
            .map(|(name, value)| (name, Value::from(value)));
        shown["headers"] = Value::Object(headers.collect());
    }
    if !ask.body.is_empty() {
        let file = given.file.as_ref();
        let body = file.map_or_else(|| ask.body.clone(), |file| file.name(&ask.body));
        let body = mask.text(&body);
        let json = body.starts_with(['{', '[']);
        let value = json.then(|| serde_json::from_str(&body).ok()).flatten();
        shown["body"] = value.unwrap_or_else(|| Value::from(body));
    }
    shown
}
