import Glibc

/// Where things lie on this machine.
package enum Installation {
    /// The folder of this program's executable.
    static var executableDirectory: String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let length = unsafe buffer.withUnsafeMutableBytes { bytes in
            guard let start = bytes.baseAddress else { return 0 }
            return unsafe readlink("/proc/self/exe", start.assumingMemoryBound(to: CChar.self), bytes.count)
        }
        let path = String(decoding: buffer.prefix(max(0, length)), as: UTF8.self)
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return String(path[..<slash])
    }

    /// The folder for state of this user, by this process's variables.
    static var stateDirectory: String {
        let variables = ProcessEnvironment.variables
        return stateDirectory { name in variables[name].flatMap { $0.isEmpty ? nil : $0 } }
    }

    /// The folder for state of a user, after the XDG base directory specification.
    ///
    /// - Parameter variable: The value of an environment variable; `nil` if it is unset or empty.
    /// - Returns: The path.
    package static func stateDirectory(_ variable: (String) -> String?) -> String {
        if let state = variable("XDG_STATE_HOME"), state.hasPrefix("/") { return state + "/hookgate" }
        return (variable("HOME") ?? "/var/lib") + "/.local/state/hookgate"
    }

    /// A path, if there is a directory.
    static func directory(_ path: String) -> String? {
        FileIdentity(path)?.isDirectory == true ? path : nil
    }
}
