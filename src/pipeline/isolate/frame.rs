//! Frames on a pipe: eight bytes of length, least first, then so many bytes.

use std::io::{self, Read, Write};

/// Writes one frame.
///
/// # Errors
/// When the reader went away.
pub(super) fn write(output: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    output.write_all(&(bytes.len() as u64).to_le_bytes())?;
    output.write_all(bytes)?;
    output.flush()
}

/// Reads one frame of at most `most` bytes into `buffer`; `false` when the writer ended before it.
///
/// # Errors
/// When the frame is longer or ends early. The length is not believed: memory grows with what arrives.
pub(super) fn read(input: &mut impl Read, most: u64, buffer: &mut Vec<u8>) -> io::Result<bool> {
    buffer.clear();
    let mut length = [0; 8];
    let mut have = 0;
    while have < length.len() {
        match input.read(&mut length[have..]) {
            Ok(0) if have == 0 => return Ok(false),
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(more) => have += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let length = u64::from_le_bytes(length);
    if length > most {
        return Err(io::Error::new(io::ErrorKind::InvalidData, format!("a frame of {length} bytes")));
    }
    let got = input.take(length).read_to_end(buffer)?;
    if got as u64 == length { Ok(true) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(bytes: &[u8]) -> Vec<u8> {
        let mut pipe = Vec::new();
        write(&mut pipe, bytes).expect("memory takes it");
        pipe
    }

    #[test]
    fn frames_come_back_one_by_one_and_end() {
        let pipe = [framed(b"one"), framed(b""), framed(b"three")].concat();
        let (mut input, mut buffer, mut got) = (pipe.as_slice(), Vec::new(), Vec::new());
        while read(&mut input, 5, &mut buffer).expect("they are whole") {
            got.push(String::from_utf8(buffer.clone()).expect("it is text"));
        }
        assert_eq!(got, ["one", "", "three"]);
    }

    #[test]
    fn a_frame_that_is_cut_or_too_long_is_an_error() {
        let pipe = framed(b"abcdef");
        for end in 1..pipe.len() {
            assert!(read(&mut &pipe[..end], 6, &mut Vec::new()).is_err(), "cut at {end}");
        }
        assert!(read(&mut pipe.as_slice(), 5, &mut Vec::new()).is_err());
        let lie = [u64::MAX.to_le_bytes().as_slice(), b"x"].concat();
        assert!(read(&mut lie.as_slice(), u64::MAX, &mut Vec::new()).is_err());
    }
}
