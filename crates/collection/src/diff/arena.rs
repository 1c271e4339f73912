//! A document's items in one list, parents before children.

use serde_json::{Map, Value};

use crate::ItemKind;
use crate::node::{id_of, name_of};

/// A document's nodes; the first is the document itself.
pub(crate) struct Arena<'a> {
    pub(crate) nodes: Vec<Node<'a>>,
}

/// One node.
pub(crate) struct Node<'a> {
    pub(crate) kind: ItemKind,
    pub(crate) value: &'a Value,
    pub(crate) parent: Option<usize>,
    pub(crate) children: Vec<usize>,
    pub(crate) has_children_list: bool,
}

impl<'a> Arena<'a> {
    /// The nodes of this document.
    pub(crate) fn of(document: &'a Value) -> Self {
        let mut arena = Self { nodes: Vec::new() };
        arena.add(document, ItemKind::Collection, None);
        arena
    }

    fn add(&mut self, value: &'a Value, kind: ItemKind, parent: Option<usize>) -> usize {
        let index = self.nodes.len();
        let list = kind
            .children_key()
            .and_then(|key| value.get(key))
            .and_then(Value::as_array);
        self.nodes.push(Node {
            kind,
            value,
            parent,
            children: Vec::new(),
            has_children_list: list.is_some(),
        });
        for child in list.into_iter().flatten() {
            let kind = if kind == ItemKind::Request {
                ItemKind::Response
            } else {
                ItemKind::of_item(child)
            };
            let child = self.add(child, kind, Some(index));
            self.nodes[index].children.push(child);
        }
        index
    }

    /// The names of the folders that a node lies in, outermost first.
    pub(crate) fn path(&self, index: usize) -> Vec<String> {
        let mut names = Vec::new();
        let mut at = self.nodes[index].parent;
        while let Some(parent) = at {
            at = self.nodes[parent].parent;
            if at.is_some() {
                names.push(self.nodes[parent].name().to_owned());
            }
        }
        names.reverse();
        names
    }
}

impl Node<'_> {
    pub(crate) fn id(&self) -> Option<&str> {
        match self.kind {
            ItemKind::Collection => None,
            _ => id_of(self.value),
        }
    }

    pub(crate) fn name(&self) -> &str {
        match self.kind {
            ItemKind::Collection => self.value.get("info").map_or("", name_of),
            _ => name_of(self.value),
        }
    }

    /// The node without its children.
    pub(crate) fn shallow(&self) -> Map<String, Value> {
        let children = self.kind.children_key().filter(|_| self.has_children_list);
        let fields = self.value.as_object().into_iter().flatten();
        fields
            .filter(|(key, _)| Some(key.as_str()) != children)
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    }

    /// What a request asks, whatever it is called: method and address.
    pub(crate) fn errand(&self) -> Option<(String, String)> {
        let request = self.value.get("request")?;
        let url = request.get("url").unwrap_or(request);
        let url = url.get("raw").unwrap_or(url).as_str()?;
        let method = request
            .get("method")
            .and_then(Value::as_str)
            .unwrap_or("GET");
        Some((method.to_owned(), url.to_owned()))
    }
}
