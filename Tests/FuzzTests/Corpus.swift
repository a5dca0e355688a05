import Foundation
import FuzzTargets

/// The inputs that are kept in the repository, `Tests/Fuzzing/Corpora/TARGET/NAME`.
enum Corpus {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../Fuzzing/Corpora").standardized

    /// The names of all folders.
    static func folders() throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: folder.path()))
    }

    /// A target's files, by name.
    static func files(of target: FuzzTarget) throws -> [(name: String, bytes: [UInt8])] {
        let folder = folder.appending(path: target.name)
        return try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted().map { name in
            (name, Array(try Data(contentsOf: folder.appending(path: name))))
        }
    }
}
