#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>

#include "apps/cli/commands.h"
#include "apps/cli/interrupt.h"
#include "apps/cli/meter.h"
#include "apps/cli/options.h"
#include "base/net/http_client.h"
#include "base/text/text.h"
#include "neural/catalogue/pull.h"

namespace apps {
namespace {

struct PullFlags {
    std::string what, name, token, endpoint;
    int connections = 4;
    bool accept = false, force = false, no_progress = false;
};

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

base::Status ask_for_licence(const neural::CatalogueModel& model, bool accepted) {
    std::fprintf(stderr, "%s: %s\n%s\nLicence: %s\n%s\n", std::string(model.id).c_str(),
                 std::string(model.title).c_str(), std::string(model.makes).c_str(),
                 std::string(model.licence->name).c_str(),
                 std::string(model.licence->summary).c_str());
    if (!model.licence->must_be_accepted || accepted) return {};
    const std::string address(model.licence->address);
    std::fprintf(stderr, "The text that counts: %s\n", address.c_str());
    if (isatty(STDIN_FILENO) == 0) {
        return base::usage_error("this licence must be accepted: read it and add --accept-licence",
                                 address);
    }
    std::fprintf(stderr, "Do you accept it? Type yes: ");
    std::string answer;
    std::getline(std::cin, answer);
    if (base::trim(answer) == "yes") return {};
    return base::failed("the licence was not accepted; nothing was fetched");
}

std::string id_of(const PullFlags& flags) {
    if (!flags.name.empty()) return flags.name;
    const std::string bare = base::url_without_secrets(flags.what);
    std::string stem = std::filesystem::path(bare).lexically_normal().stem().string();
    if (stem.empty())
        stem = std::filesystem::path(bare).lexically_normal().parent_path().filename().string();
    return base::slug(stem, 64);
}

base::Result<neural::InstalledModel> pull(const PullFlags& flags,
                                          const neural::PullOptions& options) {
    if (const auto* model = neural::find_in_catalogue(flags.what)) {
        if (model->is_built_in())
            return base::failed("is made from a seed at its first use; there is nothing to fetch",
                                flags.what);
        TRY(ask_for_licence(*model, flags.accept));
        return neural::pull_model(*model, options);
    }
    if (base::to_lower_ascii(flags.what).starts_with("minimax")) {
        return base::failed(
            "is not offered: its licence leaves out the European Union, the United Kingdom, South "
            "Korea and the United States (docs/models/minimax-h3.md)",
            flags.what);
    }
    if (flags.what.starts_with("http://") || flags.what.starts_with("https://"))
        return neural::pull_address(flags.what, id_of(flags), options);
    std::error_code error;
    if (std::filesystem::exists(flags.what, error))
        return neural::pull_folder(flags.what, id_of(flags), options);
    return base::usage_error(
        "no such model, address or folder; models are " + neural::catalogue_ids(), flags.what);
}

int run_pull(const PullFlags& flags) {
    if (flags.connections < 1 || flags.connections > 32)
        return report_error(base::usage_error("connections go from 1 to 32", "--connections"));
    neural::PullOptions options;
    options.models = neural::models_folder();
    options.connections = flags.connections;
    options.again = flags.force;
    options.hub.token = flags.token.empty() ? variable("HF_TOKEN") : flags.token;
    options.hub.cancel = &interrupt_token();
    const std::string endpoint = flags.endpoint.empty() ? variable("HF_ENDPOINT") : flags.endpoint;
    if (!endpoint.empty()) options.hub.endpoint = endpoint;
    while (options.hub.endpoint.ends_with('/')) options.hub.endpoint.pop_back();

    Meter meter("fetching", !flags.no_progress);
    const auto start = std::chrono::steady_clock::now();
    std::optional<uint64_t> first;
    options.on_progress = [&](const neural::PullProgress& p) {
        if (p.total_bytes == 0) return;
        if (!first) first = p.done_bytes;
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        const auto rate = static_cast<uint64_t>(
            static_cast<double>(p.done_bytes - std::min(*first, p.done_bytes)) /
            std::max(seconds, 0.1));
        meter.show(static_cast<double>(p.done_bytes) / static_cast<double>(p.total_bytes),
                   bytes_text(p.done_bytes) + " of " + bytes_text(p.total_bytes) + ", " +
                       (p.checking ? "checking " + p.file : bytes_text(rate) + "/s " + p.file));
    };
    const auto model = pull(flags, options);
    meter.finish();
    if (!model.ok()) return report_error(model.error());
    std::printf("%s  %s in %s\n", model->id.c_str(), bytes_text(model->bytes()).c_str(),
                model->folder.c_str());
    return kExitOk;
}

}  // namespace

void add_pull_command(CLI::App& app, Run& run) {
    CLI::App* command = app.add_subcommand(
        "pull", "Fetches a model: by its name, from an address, or from a folder");
    auto flags = std::make_shared<PullFlags>();
    command->add_option("model", flags->what, "A name (aozora models lists them), http(s)://, DIR")
        ->required();
    command->add_flag("--accept-licence,--accept-license", flags->accept,
                      "The licence was read and is accepted");
    command->add_option("--as", flags->name, "Name of a model from an address or a folder");
    command->add_option("--token", flags->token,
                        "Token for gated models; better in HF_TOKEN, which no list of processes "
                        "shows");
    command->add_option("--endpoint", flags->endpoint,
                        "A mirror of the hub; also HF_ENDPOINT; default https://huggingface.co");
    command->add_option("--connections", flags->connections, "Parallel parts")
        ->capture_default_str();
    command->add_flag("--force", flags->force, "Fetch again what is installed");
    command->add_flag("--no-progress", flags->no_progress, "No progress");
    command->callback([flags, &run] { run = [flags] { return run_pull(*flags); }; });
}

}  // namespace apps
