import Glibc

/// Where things lie on this machine.
enum Installation {
    /// The folder of this program's executable.
    static var executableDirectory: String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let length = unsafe buffer.withUnsafeMutableBytes { bytes in
            unsafe readlink("/proc/self/exe", bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
        }
        let path = String(decoding: buffer.prefix(max(0, length)), as: UTF8.self)
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return String(path[..<slash])
    }

    /// The folder for state of this user, after the XDG base directory specification.
    static var stateDirectory: String {
        if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") { return state + "/hookgate" }
        return (environment("HOME") ?? "/var/lib") + "/.local/state/hookgate"
    }

    /// A path, if there is a directory.
    static func directory(_ path: String) -> String? {
        FileIdentity(path)?.isDirectory == true ? path : nil
    }

    private static func environment(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        let text = unsafe String(cString: value)
        return text.isEmpty ? nil : text
    }
}
