#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "apps/cli/checkup.h"
#include "apps/cli/commands.h"
#include "apps/cli/options.h"
#include "apps/cli/version.h"
#include "base/cpu/isa.h"
#include "neural/engine/compute.h"
#include "script/words/noun.h"
#include "sound/voice/speak.h"
#include "tensor/cpu/ceiling.h"

namespace apps {
namespace {

struct DoctorArguments {
    ServerArguments common;
    std::vector<std::string> listen;
    bool server = false;
};

int doctor(const DoctorArguments& given) {
    Checkup checkup;
    std::printf("%s\n", version_text().c_str());
    checkup.line(true, "instruction set", std::string(base::isa_level()));
    checkup.line(true, "threads", std::to_string(std::thread::hardware_concurrency()));
    checkup.line(true, "arithmetic", tensor::describe(tensor::ceiling()));
    const auto compute = neural::chosen_compute();
    checkup.line(compute.ok(), "neural nets",
                 compute.ok() ? "computed in " + std::string(tensor::compute_name(*compute))
                              : compute.error().text());
    std::error_code error;
    const auto space = std::filesystem::space(std::filesystem::current_path(), error);
    if (error) checkup.line(false, "disk", "cannot ask: " + error.message());
    else
        checkup.line(space.available > (200u << 20), "disk",
                     std::to_string(space.available >> 20) + " MiB free here");
    const auto speech = sound::speak({"Hello."});
    checkup.line(speech.ok(), "voices", speech.ok() ? "flite" : speech.error().text());
    checkup.line(!world::shape_kinds().empty(), "nouns",
                 std::to_string(world::shape_kinds().size()) + " kinds of things");
    checkup.line(!world::set_names().empty(), "sets",
                 std::to_string(world::set_names().size()) + " places");
    const bool wordnet = std::filesystem::exists("/usr/share/wordnet/data.noun") ||
                         std::getenv("AOZORA_WORDNET") != nullptr;
    if (wordnet)
        checkup.line(true, "WordNet", "words beyond the noun list are climbed (corgi → dog)");
    else
        checkup.hint("WordNet",
                     "not installed: unknown nouns are left out (apt-get install wordnet-base)");
    if (std::getenv("AOZORA_LLM_URL") != nullptr)
        checkup.line(true, "LLM writer", std::getenv("AOZORA_LLM_URL"));
    else
        checkup.hint(
            "LLM writer",
            "not configured (AOZORA_LLM_URL, AOZORA_LLM_MODEL, AOZORA_LLM_KEY); the built-in one "
            "writes");
    checkup.hint("licence",
                 "Debian's libav and x264 are GPL: a binary with them is distributed under GPL-3");
    if (given.server) {
        check_server(given.common, given.listen, checkup);
    } else {
        checkup.hint("server", "aozora doctor --server looks at what aozora serve needs");
    }
    std::printf("%s\n", !checkup.good() ? "something is missing, see above"
                        : given.server  ? "ready to make films and to serve them"
                                        : "ready to make films");
    return checkup.good() ? kExitOk : kExitFailed;
}

}  // namespace

void add_doctor_command(CLI::App& app, Run& run) {
    auto given = std::make_shared<DoctorArguments>();
    CLI::App* command =
        app.add_subcommand("doctor", "Checks whether everything that films need is here");
    command->add_flag("--server", given->server, "Also what aozora serve needs, with its options:");
    command->add_option("--listen", given->listen, "Address that the server would listen on")
        ->type_name("HOST:PORT");
    add_server_options(*command, given->common);
    command->callback([given, command, &run] {
        for (const char* name : {"--listen", "--data", "--database", "--blobs", "--config"})
            given->server |= command->count(name) > 0;
        run = [given] { return doctor(*given); };
    });
}

}  // namespace apps
