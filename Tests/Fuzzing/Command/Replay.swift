import Foundation
import FuzzTargets

// libFuzzer brings a program of its own; without it, this one tries files.
#if !FUZZING
/// Tries files, such as one that libFuzzer has found: `hookgate-fuzz TARGET FILE…`.
///
/// It needs no sanitizer, and can be run in a debugger.
@main
enum Replay {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let name = arguments.first, let target = FuzzTarget.named(name), arguments.count > 1 else {
            print("usage: hookgate-fuzz TARGET FILE…\ntargets: \(FuzzTarget.all.map(\.name).joined(separator: ", "))")
            exit(64)
        }
        var status: Int32 = 0
        for path in arguments.dropFirst() {
            do {
                let verdict = try await target(Array(Data(contentsOf: URL(filePath: path))))
                print("\(path): \(verdict)")
            } catch let invariant as BrokenInvariant {
                print("\(path): BROKEN: \(invariant)")
                status = 1
            }
        }
        exit(status)
    }
}
#endif
