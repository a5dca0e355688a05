package import CSandbox

/// What a process in a sandbox was refused.
package struct SandboxViolations: Sendable, Hashable {
    /// How many calls.
    package var count: UInt64
    /// The last one, such as `socket` or `openat /etc/passwd`; `nil` without one.
    package var last: String?

    /// Copies what the handler has written, which may be going on: a count and a text that fits it or the next.
    ///
    /// - Parameter memory: Where it counts; it is only read.
    package init(at memory: UnsafePointer<hookgate_sandbox_violations>) {
        let copy = unsafe memory.pointee
        count = copy.count
        let path = unsafe withUnsafeBytes(of: copy.path) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        last = copy.count == 0 ? nil : Self.text(call: copy.last, path: path)
    }

    /// A system call as the log names it.
    package static func text(call number: UInt32, path: String = "") -> String {
        let name = Self.name(ofCall: number)
        // The text comes from a plugin, and a line break in it would make another line of the log.
        let visible = path.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : String($0) }.joined()
        return path.isEmpty ? name : "\(name) \(visible)"
    }

    /// The name of a system call: `socket`.
    package static func name(ofCall number: UInt32) -> String {
        guard let name = unsafe hookgate_sandbox_call_name(number) else { return "system call \(number)" }
        return unsafe String(cString: name)
    }
}
