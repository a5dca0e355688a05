import Glibc
import PluginLoader
import WorkerHost

// The process that runs what the gateway does not trust, or not yet. It stays small: it has to start within milliseconds.
switch Array(CommandLine.arguments.dropFirst()) {
case ["--probe"]: exit(ProbeChild.run())
case let arguments where arguments.first == "--serve": _exit(WorkerProcess.run())
default:
    MemoryFile.write(Array("hookgate-worker is started by hookgate and has no use of its own\n".utf8), to: 2)
    exit(64)
}
