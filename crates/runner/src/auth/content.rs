//! What an auth sees of a body: the bytes that it may sign, the form to which it may add.

use std::borrow::Cow;

use bytes::Bytes;
use postern_collection::{Body, FormField};

/// A body before its auth is put on.
pub(crate) struct Content<'a> {
    body: Option<Cow<'a, Body>>,
    bytes: Bytes,
}

impl<'a> Content<'a> {
    /// A body, and the bytes that it comes to. What the method doesn't let through is signed nevertheless, as newman does it.
    pub(crate) fn new(body: Option<&'a Body>, bytes: Bytes) -> Self {
        Self {
            body: body.map(Cow::Borrowed),
            bytes,
        }
    }

    /// The bytes that an auth hashes; `None` where there is no body. What is in parts is never hashed.
    pub(super) fn signable(&self) -> Option<&Bytes> {
        let there = match self.body.as_deref()? {
            Body::Raw { text, .. } => !text.is_empty(),
            Body::Urlencoded(fields) => !fields.is_empty(),
            Body::Formdata(_) => false,
            Body::Graphql(fields) => fields.as_object().is_some_and(|fields| !fields.is_empty()),
            Body::File { .. } => !self.bytes.is_empty(),
        };
        there.then_some(&self.bytes)
    }

    /// Whether there is nothing at all.
    pub(super) fn is_empty(&self) -> bool {
        match self.body.as_deref() {
            None => true,
            Some(Body::Formdata(fields)) => fields.is_empty(),
            Some(Body::File { src, content }) => [src, content]
                .into_iter()
                .all(|it| it.as_deref().unwrap_or_default().is_empty()),
            Some(_) => self.signable().is_none(),
        }
    }

    /// The fields of a form as browsers send it.
    pub(super) fn form(&self) -> Option<&[FormField]> {
        match self.body.as_deref()? {
            Body::Urlencoded(fields) => Some(fields),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub(super) fn form_mut(&mut self) -> Option<&mut Vec<FormField>> {
        match self.body.as_mut()?.to_mut() {
            Body::Urlencoded(fields) => Some(fields),
            _ => None,
        }
    }

    /// The body, where the auth has changed it.
    pub(crate) fn changed(self) -> Option<Body> {
        match self.body? {
            Cow::Owned(body) => Some(body),
            Cow::Borrowed(_) => None,
        }
    }
}
