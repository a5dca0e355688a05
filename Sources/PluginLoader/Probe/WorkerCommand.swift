/// What `hookgate-worker` does.
package enum WorkerCommand {
    /// Runs the worker.
    ///
    /// - Parameter arguments: The arguments after the program's name.
    /// - Returns: The exit status.
    package static func run(_ arguments: [String]) -> Int32 {
        guard arguments == ["--probe"] else {
            let text = "hookgate-worker is started by hookgate and has no use of its own\n"
            _ = PrivateFile.write(Array(text.utf8), to: 2)
            return 64
        }
        return ProbeChild.run()
    }
}
