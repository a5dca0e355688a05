import CLinux

/// The environment of this process.
enum ProcessEnvironment {
    /// The variables as they are now.
    ///
    /// Like `getenv`, it must not run while another thread changes them.
    static var variables: [String: String] {
        var variables: [String: String] = [:]
        var index = 0
        // The text belongs to the process; it is copied at once.
        while let entry = unsafe hookgate_environment(index) {
            let text = unsafe String(cString: entry)
            index += 1
            guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { continue }
            // The first of two counts, as it does for `getenv`.
            let name = String(text[..<equals])
            if variables[name] == nil { variables[name] = String(text[text.utf8.index(after: equals)...]) }
        }
        return variables
    }
}
