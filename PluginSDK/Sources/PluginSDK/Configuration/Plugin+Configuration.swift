import PluginPayloads

extension Plugin {
    /// Decodes the configuration, and warns about keys that nobody asks for.
    static func decode(_ block: PayloadBlock, warningBy host: PluginHost) throws -> Configuration {
        let configuration: Configuration
        do {
            configuration = try block.decode()
        } catch let problem as ConfigurationProblem {
            throw problem
        } catch {
            throw ConfigurationProblem(decoding: error)
        }
        for problem in UnknownKeys.problems(decoding: Configuration.self, from: block) {
            host.warn(at: problem.pointer, problem.message)
        }
        return configuration
    }
}

extension ConfigurationProblem {
    /// The message names the key as well, for whoever sees it without the file.
    init(_ problem: CodingProblem) {
        self.init(at: problem.pointer, problem.description)
    }

    /// A missing key is nowhere in the file: its problem points to the object that lacks it.
    fileprivate init(decoding error: any Error) {
        var problem = ConfigurationProblem(CodingProblem(error))
        if case DecodingError.keyNotFound(_, let context) = error {
            problem = ConfigurationProblem(at: CodingProblem(at: context.codingPath, "").pointer, problem.message)
        }
        self = problem
    }
}
