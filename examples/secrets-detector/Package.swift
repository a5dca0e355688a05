// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "secrets-detector",
    products: [.library(name: "secrets_detector", type: .dynamic, targets: ["SecretsDetectorEntry"])],
    dependencies: [.package(path: "../../PluginSDK")],
    targets: [
        // What the plugin does; tests import it.
        .target(
            name: "SecretsDetector",
            dependencies: [
                .product(name: "PluginSDK", package: "PluginSDK"),
                .product(name: "PluginText", package: "PluginSDK"),
            ]
        ),
        // The manifest, which is readable without running the plugin.
        .target(name: "CSecretsDetectorManifest", dependencies: [.product(name: "CHookgate", package: "PluginSDK")]),
        // What the library exports: one symbol.
        .target(
            name: "SecretsDetectorEntry",
            dependencies: [
                "SecretsDetector", "CSecretsDetectorManifest", .product(name: "PluginSDK", package: "PluginSDK"),
                .product(name: "CHookgate", package: "PluginSDK"),
            ],
            linkerSettings: [
                .unsafeFlags(["-Xlinker", "--version-script=\(Context.packageDirectory)/exports.map"])
            ]
        ),
        .testTarget(
            name: "SecretsDetectorTests",
            dependencies: [
                "SecretsDetector", .product(name: "PluginTestKit", package: "PluginSDK"),
                .product(name: "PluginPayloads", package: "PluginSDK"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
