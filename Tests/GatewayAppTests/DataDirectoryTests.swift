import GatewayApp
import Glibc
import TestSupport
import Testing

@Suite("A data directory")
struct DataDirectoryTests {
    private static func mode(_ path: String) -> mode_t {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    @Test("is made with all that leads to it, for its owner alone, and taken as it is when it is there")
    func isMade() throws {
        let parent = try TemporaryDirectory()
        let path = parent("a/b/data")
        #expect(try DataDirectory(path).path == path)
        #expect(Self.mode(path) == 0o700)
        #expect(try DataDirectory(path).store == path + "/store")
        let open = try parent.makeDirectory("open")
        #expect(try DataDirectory(open).path == open)
        #expect(Self.mode(open) == 0o755)
    }

    @Test("cannot be below a file")
    func isRefused() throws {
        let parent = try TemporaryDirectory()
        let file = try parent.write("text", to: "file")
        let error = #expect(throws: GatewayFailure.self) { try DataDirectory(file + "/data") }
        let text = try #require(error).description
        #expect(text.hasPrefix("cannot make the data directory \(file)/data: "))
        #expect(text.hasSuffix("; name another with --data-dir"))
    }

    @Test("that others could change is refused, and so is one in a directory that they could")
    func isOpen() throws {
        let parent = try TemporaryDirectory()
        let path = parent("top/data")
        _ = try DataDirectory(path)
        for (open, mode) in [(path, 0o777), (path, 0o1777), (parent("top"), 0o770)] as [(String, mode_t)] {
            #expect(unsafe chmod(open, mode) == 0)
            let error = #expect(throws: GatewayFailure.self) { try DataDirectory(path) }
            let who = mode == 0o770 ? ("its group", "g") : ("its group and everybody", "go")
            let name = open == path ? "it" : open
            let digits = String(mode, radix: 8)
            #expect(
                error?.description
                    == "the data directory \(path) is not safe: \(name) may be written by \(who.0) "
                    + "(mode \(mode == 0o1777 ? digits : "0" + digits)): chmod \(who.1)-w \(open), or name another with "
                    + "--data-dir"
            )
            #expect(unsafe chmod(open, 0o700) == 0)
        }
        // As in /tmp nobody can rename what is not his.
        #expect(unsafe chmod(parent("top"), 0o1777) == 0)
        #expect(try DataDirectory(path).path == path)
    }

    @Test("belongs to one process, until that lets go of it or ends")
    func isLocked() async throws {
        let parent = try TemporaryDirectory()
        let directory = try DataDirectory(parent.path)
        #expect(ProcessLock.owner(of: directory) == nil)
        let lock = try ProcessLock(directory)
        #expect(ProcessLock.owner(of: directory) == getpid())
        #expect(try Files.readText(parent("hookgate.pid")) == "\(getpid())\n")
        do throws(GatewayFailure) {
            _ = try ProcessLock(directory)
            Issue.record("two locks on one directory")
        } catch {
            #expect(
                error.description
                    == "the data directory \(parent.path) is in use by process \(getpid()); stop it, or name another with "
                    + "--data-dir"
            )
        }
        #expect(ProcessLock.owner(of: directory) == getpid())
        _ = consume lock
        // A child that another test starts at this moment has the file open until its program begins.
        try await eventually { ProcessLock.owner(of: directory) == nil }
    }

    @Test("may have the number of a process that is no more")
    func isStale() throws {
        let text = "4194304123\nrest of a longer text\n"
        let left = try TemporaryDirectory()
        try left.write(text, to: "hookgate.pid")
        #expect(ProcessLock.owner(of: DataDirectory(existing: left.path)) == nil)
        let parent = try TemporaryDirectory()
        try parent.write(text, to: "hookgate.pid")
        let lock = try ProcessLock(DataDirectory(existing: parent.path))
        #expect(try Files.readText(parent("hookgate.pid")) == "\(getpid())\n")
        _ = consume lock
    }
}
