import Glibc
import PluginRuntime

// Measures through `dlopen`ed release plugins and the public interface. Run it by `scripts/bench`, which builds the
// plugins, preloads the allocation counter, and takes the medians of several processes.

let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "measure" where arguments.count >= 3:
    let filter = arguments.count > 3 ? arguments[3] : ""
    try await Measuring(installation: arguments[1], plugins: arguments[2], filter: filter).run()
case "deadlines" where arguments.count == 3:
    try await Deadlines(options: .bench(installation: arguments[1], plugins: arguments[2])).run()
case "report":
    print(Report(readingLines: { readLine() }).text)
default:
    print(
        "usage: hookgate-bench measure INSTALLATION PLUGINS [NAME], hookgate-bench deadlines INSTALLATION "
            + "PLUGINS, or hookgate-bench report < measurements"
    )
    exit(64)
}
