import Glibc
import Synchronization

/// The plugins of `Tests/Fixtures/Plugins`, each compiled when it is first asked for.
package enum FixturePlugin {
    /// The path of a fixture's `.so`: that of `denies.c` for `denies`; the compiler may be told more than usual.
    package static func path(_ name: String, options: String = "") throws -> String {
        try workshop.withLock { workshop in
            let key = "\(name) \(options)"
            if let known = workshop[key] { return try known.get() }
            let made = Result { try compile(name, options, file: options.isEmpty ? name : "\(name)-\(workshop.count)") }
            workshop[key] = made
            return try made.get()
        }
    }

    /// The bytes of a fixture's `.so`.
    package static func bytes(_ name: String) throws -> [UInt8] {
        try Files.read(path(name))
    }

    /// The path of the library that `bundled_library` needs as `libhookgate_bundled.so.1`.
    package static func bundledLibrary() throws -> String {
        try directory.get() + "/libraries/libhookgate_bundled.so"
    }

    /// What is compiled, and by whom: one at a time, for the machine has few processors.
    private static let workshop = Mutex<[String: Result<String, any Error>]>([:])

    private static func compile(_ name: String, _ options: String, file result: String) throws -> String {
        let directory = try directory.get()
        let source = "\(sources)/\(name)"
        let result = "\(directory)/\(result).so"
        let isCpp = unsafe access(source + ".cpp", R_OK) == 0
        let compiler = isCpp ? "c++ -std=c++17 -fno-gnu-unique" : "cc -std=gnu11"
        let file = source + (isCpp ? ".cpp" : ".c")
        let libraries = ["missing_library": "absent", "bundled_library": "bundled"]
        let extra = libraries[name].map { "-L'\(directory)/libraries' -lhookgate_\($0)" } ?? ""
        try run("\(compiler) -shared \(flags) -o '\(result)' '\(file)' '\(directory)/control.o' \(extra) \(options)")
        return result
    }

    /// The place of the results, with what all fixtures are linked to.
    ///
    /// It is removed when the process ends.
    private static let directory = Result<String, any Error> {
        var template = Array("/tmp/hookgate-fixtures.XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw SetupFailure(operation: "make a directory in /tmp") }
        let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        remains.withLock { $0 = path }
        atexit {
            _ = unsafe system("rm -rf '\(FixturePlugin.remains.withLock { $0 })'")
        }
        try run("cc -std=gnu11 -c \(flags) -o '\(path)/control.o' '\(fixtures)/CControl/control.c'")
        for name in ["absent", "bundled"] {
            try run(
                """
                mkdir -p '\(path)/libraries' && echo 'int hookgate_\(name)(void) { return 1; }' | \
                cc -x c -shared -fPIC -Wl,-soname,libhookgate_\(name).so.1 \
                -o '\(path)/libraries/libhookgate_\(name).so' -
                """
            )
        }
        return path
    }

    private static let remains = Mutex("")

    private static var flags: String {
        """
        -fPIC -O1 -fvisibility=hidden -Wall -Wextra -Werror -Wno-unused-parameter -Wno-unused-const-variable \
        -D_GNU_SOURCE -I'\(SourceTree.headers)' -I'\(fixtures)/CControl/include'
        """
    }

    private static let fixtures = "\(SourceTree.root)/Tests/Fixtures"
    private static let sources = "\(fixtures)/Plugins"

    private static func run(_ command: String) throws {
        let result = try ChildProcess.run("/bin/sh", ["-c", command + " 2>&1"])
        guard result.status == 0 else { throw SetupFailure("\(command)\n\(result.output)") }
    }
}

/// Where things lie in the source tree.
package enum SourceTree {
    /// The folder of the root package.
    package static let root = String(
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
    )

    /// The folder of the C headers.
    package static let headers = "\(root)/PluginSDK/Sources/CHookgate/include"
}
