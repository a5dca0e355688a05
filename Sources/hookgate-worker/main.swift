import Glibc
import PluginLoader

// The process that runs what the gateway does not trust yet. It stays small: it has to start within milliseconds.
exit(WorkerCommand.run(Array(CommandLine.arguments.dropFirst())))
