import Glibc

/// The executables of this package, which are built beside the tests.
package enum BuiltProducts {
    /// The folder of `hookgate` and `hookgate-worker`.
    ///
    /// - Throws: How to build them.
    package static func directory() throws -> String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let length = unsafe buffer.withUnsafeMutableBytes { bytes in
            guard let start = bytes.baseAddress else { return 0 }
            return unsafe readlink("/proc/self/exe", start.assumingMemoryBound(to: CChar.self), bytes.count)
        }
        let path = String(decoding: buffer.prefix(max(0, length)), as: UTF8.self)
        let directory = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        for name in ["hookgate", "hookgate-worker"] where unsafe access("\(directory)/\(name)", X_OK) != 0 {
            throw SetupFailure(
                "\(directory)/\(name) is missing: build it beside the tests, by `swift build --build-tests` with the "
                    + "same configuration"
            )
        }
        return directory
    }
}
