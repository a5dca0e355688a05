import Foundation

/// Files that a process has open, as `/proc` shows them.
enum OpenFiles {
    /// The path of an open file; `nil` if there is none, or the process is not ours to look at.
    static func path(endingWith suffix: String, of process: Int32) -> String? {
        let folder = "/proc/\(process)/fd"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.lazy
            .compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)") }
            .first { $0.hasSuffix(suffix) }
    }
}
