import Glibc
import PluginRuntime

// Measures through `dlopen`ed release plugins and the public interface. Run it by `scripts/bench`, which builds the
// plugins, preloads the allocation counter, and takes the medians of several processes.

let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "measure" where arguments.count >= 4:
    let filter = arguments.count > 4 ? arguments[4] : ""
    let measuring = Measuring(installation: arguments[1], plugins: arguments[2], chain: arguments[3], filter: filter)
    try await measuring.run()
case "prose" where arguments.count == 3:
    print(Sample.body(arguments[1], bytes: Int(arguments[2]) ?? 0))
case "deadlines" where arguments.count == 3:
    try await Deadlines(options: .bench(installation: arguments[1], plugins: arguments[2])).run()
case "reloads" where arguments.count == 4:
    let options = RuntimeOptions.bench(installation: arguments[1], plugins: arguments[2])
    try await Reloads(options: options, plugins: arguments[2], count: Int(arguments[3]) ?? 100).run()
case "report":
    print(Report(readingLines: { readLine() }).text)
default:
    print(
        """
        usage: hookgate-bench measure INSTALLATION PLUGINS CHAIN [NAME]
               hookgate-bench prose clean|hits BYTES
               hookgate-bench deadlines INSTALLATION PLUGINS
               hookgate-bench reloads INSTALLATION PLUGINS COUNT
               hookgate-bench report < measurements
        """
    )
    exit(64)
}
