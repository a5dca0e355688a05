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
