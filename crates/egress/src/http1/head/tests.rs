use proptest::prelude::*;

use super::*;

fn read(bytes: &[u8]) -> Result<(usize, Option<AnswerHead>), HeadError> {
    HeadReader::default().read(bytes)
}

/// Reads what comes in pieces, as a connection does: what was not used is given again with the next piece.
fn read_in_pieces(bytes: &[u8], cuts: &[usize]) -> Result<Option<(usize, AnswerHead)>, HeadError> {
    let mut reader = HeadReader::default();
    let (mut from, mut to) = (0, 0);
    for cut in cuts.iter().copied().chain([bytes.len()]) {
        to = bytes.len().min(to.max(cut));
        let (used, head) = reader.read(&bytes[from..to])?;
        from += used;
        if let Some(head) = head {
            return Ok(Some((from, head)));
        }
    }
    Ok(None)
}

#[test]
fn a_head_that_drips_costs_no_more_than_one_that_comes_at_once() {
    let head = [
        b"HTTP/1.1 200 OK\r\n".as_slice(),
        &b"a:\r\n".repeat(1990),
        b"\r\n",
    ]
    .concat();
    let cuts: Vec<usize> = (0..head.len()).collect();
    let (used, read) = read_in_pieces(&head, &cuts).unwrap().unwrap();
    assert_eq!((used, read.headers.len()), (head.len(), 1990));
    assert_eq!(read.bytes, head.len() as u64);
}

#[test]
fn what_is_wrong_is_told_before_the_head_has_ended() {
    for (bytes, error) in [
        (b"S".as_slice(), HeadError::NotHttp),
        (b"HTTP/1.1 abc\r\n", HeadError::StatusLine),
        (b"HTTP/1.1 200 OK\r\nbroken\r\n", HeadError::Header),
        (b"HTTP/1.1 200 OK\n", HeadError::LineEnd),
        (b"\0\0\x12\x04\0\0\0\0\0\0", HeadError::Http2),
    ] {
        assert_eq!(read(bytes), Err(error));
    }
    assert_eq!(read(b"\0\0\x12\x04\0"), Ok((0, None)));
}

#[test]
fn announcements_without_end_are_too_large_a_head() {
    let announced = b"HTTP/1.1 100 Continue\r\n\r\n".repeat(MAX_HEAD / 25 + 1);
    assert_eq!(read(&announced), Err(HeadError::TooLarge));
    assert_eq!(read(&b"\r\n".repeat(MAX_HEAD)), Err(HeadError::TooLarge));
    let line = [b"HTTP/1.1 200 ".as_slice(), &b"x".repeat(MAX_HEAD)].concat();
    assert_eq!(read(&line), Err(HeadError::TooLarge));
}

/// Heads, mostly valid, with odd ones among them.
fn heads() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        8 => "[A-Za-z0-9-]{1,12}: ?[ -~\t]{0,20}",
        1 => "[ -~\r\t]{0,12}",
        1 => "\\PC{0,12}",
    ];
    let start = prop_oneof![
        8 => "HTTP/1\\.[01] [1-9][0-9]{2}( [ -~]{0,12})?",
        1 => "HTTP/[ -~]{0,12}",
        1 => "(\r\n){0,2}HTTP/1.1 103 Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK",
    ];
    let end = prop_oneof![8 => Just("\r\n"), 1 => Just("\n")];
    (start, prop::collection::vec((line, end), 0..6)).prop_map(|(start, lines)| {
        let mut head = start.into_bytes();
        head.extend_from_slice(b"\r\n");
        for (line, end) in lines {
            head.extend_from_slice(line.as_bytes());
            head.extend_from_slice(end.as_bytes());
        }
        head.extend_from_slice(b"\r\nbody");
        head
    })
}

proptest! {
    #[test]
    fn a_head_is_the_same_wherever_it_is_cut(head in heads(), mut cuts in prop::collection::vec(0..200_usize, 0..8)) {
        cuts.sort_unstable();
        let whole = read_in_pieces(&head, &[]);
        prop_assert_eq!(read_in_pieces(&head, &cuts), whole);
    }

    #[test]
    fn any_bytes_are_a_head_or_an_error_or_want_more(bytes: Vec<u8>, mut cuts in prop::collection::vec(0..100_usize, 0..8)) {
        cuts.sort_unstable();
        let whole = read_in_pieces(&bytes, &[]);
        prop_assert_eq!(read_in_pieces(&bytes, &cuts), whole);
        let started = [b"HTTP/1.1 200 OK\r\n".as_slice(), &bytes].concat();
        prop_assert_eq!(read_in_pieces(&started, &cuts), read_in_pieces(&started, &[]));
    }

    /// `httparse` reads what we read, and the same from it. It takes more: lines that end in LF alone.
    #[test]
    fn what_is_read_is_what_httparse_reads(head in heads()) {
        let Ok(Some((_, ours))) = read_in_pieces(&head, &[]) else { return Ok(()) };
        let start = head.windows(5).rposition(|it| it == b"HTTP/").unwrap_or(0);
        let mut slots = [httparse::EMPTY_HEADER; 16];
        let mut theirs = httparse::Response::new(&mut slots);
        // Only we take any words behind the status.
        let Ok(httparse::Status::Complete(_)) = theirs.parse(&head[start..]) else { return Ok(()) };
        prop_assert_eq!(theirs.code, Some(ours.status));
        let headers: Vec<_> = theirs.headers.iter().map(|it| (it.name.to_owned(), text(it.value))).collect();
        prop_assert_eq!(headers, ours.headers);
    }
}
