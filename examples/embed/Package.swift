// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "embed",
    dependencies: [.package(name: "hookgate", path: "../.."), .package(path: "../../PluginSDK")],
    targets: [
        .executableTarget(
            name: "embed",
            dependencies: [
                .product(name: "PluginRuntime", package: "hookgate"),
                .product(name: "PluginPayloads", package: "PluginSDK"),
            ],
            path: "Sources/Embed"
        )
    ],
    swiftLanguageModes: [.v6]
)
