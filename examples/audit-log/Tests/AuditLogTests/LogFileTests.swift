import AuditLog
import Glibc
import Testing

@Suite("The file of a log")
struct LogFileTests {
    private let folder = Folder()
    private let start = ContinuousClock.now

    private func makeFile(_ write: LogFile.Write? = nil) throws -> LogFile {
        let path = folder.file("log")
        if let write { return try LogFile(path: path, checkInterval: .seconds(1), now: start, write: write) }
        return try LogFile(path: path, checkInterval: .seconds(1), now: start)
    }

    private func line(_ text: String) -> [UInt8] { Array((text + "\n").utf8) }

    @Test("is made for its owner alone, and grows")
    func appends() throws {
        try makeFile().append(line("a"))
        try makeFile().append(line("b"))
        #expect(folder.text("log") == "a\nb\n")
        var status = stat()
        #expect(stat(folder.file("log"), &status) == 0)
        #expect(status.st_mode & 0o7777 == 0o600)
    }

    @Test("a renamed file is followed after a second, and keeps what came until then")
    func renamed() throws {
        let file = try makeFile()
        try file.append(line("a"), now: start)
        rename(folder.file("log"), folder.file("log.1"))
        try file.append(line("b"), now: start + .milliseconds(999))
        #expect(folder.names == ["log.1"])
        try file.append(line("c"), now: start + .seconds(1))
        try file.append(line("d"), now: start + .milliseconds(1100))
        #expect([folder.text("log.1"), folder.text("log")] == ["a\nb\n", "c\nd\n"])
    }

    @Test("a file that took the place of the renamed one is written to")
    func replaced() throws {
        let file = try makeFile()
        rename(folder.file("log"), folder.file("log.1"))
        let other = try makeFile()
        try other.append(line("a"), now: start)
        try file.append(line("b"), now: start + .seconds(2))
        #expect(folder.text("log") == "a\nb\n")
    }

    @Test("a deleted file is made again at once")
    func deleted() throws {
        let file = try makeFile()
        unlink(folder.file("log"))
        try file.append(line("a"), now: start)
        #expect(folder.text("log") == "a\n")
    }

    @Test("a link in the place of the renamed file is not followed: lines stay in the renamed one")
    func linkInPlace() throws {
        let file = try makeFile()
        rename(folder.file("log"), folder.file("log.1"))
        symlink(folder.file("elsewhere"), folder.file("log"))
        let problem = LogFileError(.open, folder.file("log"), code: ELOOP)
        #expect(try file.append(line("a"), now: start + .seconds(1)) == problem)
        #expect(try file.append(line("b"), now: start + .seconds(1)) == problem)
        unlink(folder.file("log"))
        #expect(try file.append(line("c"), now: start + .seconds(2)) == nil)
        #expect([folder.text("log.1"), folder.text("log"), folder.text("elsewhere")] == ["a\nb\n", "c\n", ""])
    }

    @Test("a file that is gone and cannot be made again loses lines, and says so")
    func gone() throws {
        let file = try makeFile()
        unlink(folder.file("log"))
        symlink(folder.file("elsewhere"), folder.file("log"))
        let problem = LogFileError(.open, folder.file("log"), code: ELOOP)
        #expect(throws: problem) { try file.append(line("a"), now: start) }
        unlink(folder.file("log"))
        try file.append(line("b"), now: start)
        #expect(folder.text("log") == "b\n")
    }

    @Test("when the disk is full, a part of a line is ended before the next line")
    func fullDisk() throws {
        // What there is room for: all, a part, nothing, all again.
        var rooms = [9, 2, 0, 9]
        var writes = 0
        let file = try makeFile { descriptor, bytes in
            writes += 1
            let room = rooms.removeFirst()
            if room > 0 { return write(descriptor, bytes.baseAddress, min(room, bytes.count)) }
            errno = ENOSPC
            return -1
        }
        try file.append(line("abc"))
        let problem = LogFileError(.write, folder.file("log"), code: ENOSPC)
        #expect(throws: problem) { try file.append(line("def")) }
        #expect(throws: problem) { try file.append(line("ghi")) }
        try file.append(line("jkl"))
        #expect(folder.text("log") == "abc\nde\njkl\n")
        #expect(writes == 4)
    }

    @Test("a write that a signal has interrupted is repeated")
    func interrupted() throws {
        var interruptions = 2
        let file = try makeFile { descriptor, bytes in
            guard interruptions > 0 else { return write(descriptor, bytes.baseAddress, bytes.count) }
            interruptions -= 1
            errno = EINTR
            return -1
        }
        try file.append(line("a"))
        #expect(folder.text("log") == "a\n")
    }

    @Test("what is no regular file is refused, with the mend")
    func refused() throws {
        symlink(folder.file("elsewhere"), folder.file("link"))
        mkfifo(folder.file("pipe"), 0o600)
        let cases = [
            ("link", "it is a symbolic link: name the file itself"),
            ("pipe", "it is no regular file; name one, or one that is not there yet"),
            ("no/file", "make the folder first"), (".", "Is a directory"),
        ]
        // A reader, so that the pipe opens for writing.
        let reader = open(folder.file("pipe"), O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        for (name, mend) in cases {
            let error = #expect(throws: LogFileError.self) {
                _ = try LogFile(path: folder.file(name), checkInterval: .seconds(1))
            }
            #expect(error?.description.hasPrefix("cannot open \(folder.file(name)): ") == true)
            #expect(error?.description.hasSuffix(mend) == true)
        }
        #expect(!folder.names.contains("elsewhere"))
    }
}
