#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>
#include <thread>

#include "apps/cli/commands.h"
#include "apps/cli/options.h"
#include "apps/cli/version.h"
#include "base/cpu/isa.h"
#include "script/words/noun.h"
#include "sound/voice/speak.h"
#include "tensor/cpu/ceiling.h"

namespace apps {
namespace {

bool good = true;

void line(bool ok, const std::string& what, const std::string& detail) {
    std::printf("%s  %-18s %s\n", ok ? "ok   " : "LACKS", what.c_str(), detail.c_str());
    good = good && ok;
}
void hint(const std::string& what, const std::string& detail) {
    std::printf("note   %-18s %s\n", what.c_str(), detail.c_str());
}

int doctor() {
    good = true;
    std::printf("%s\n", version_text().c_str());
    line(true, "instruction set", std::string(base::isa_level()));
    line(true, "threads", std::to_string(std::thread::hardware_concurrency()));
    line(true, "arithmetic", tensor::describe(tensor::ceiling()));
    std::error_code error;
    const auto space = std::filesystem::space(std::filesystem::current_path(), error);
    if (error) line(false, "disk", "cannot ask: " + error.message());
    else
        line(space.available > (200u << 20), "disk",
             std::to_string(space.available >> 20) + " MiB free here");
    const auto speech = sound::speak({"Hello."});
    line(speech.ok(), "voices", speech.ok() ? "flite" : speech.error().text());
    line(!world::shape_kinds().empty(), "nouns",
         std::to_string(world::shape_kinds().size()) + " kinds of things");
    line(!world::set_names().empty(), "sets",
         std::to_string(world::set_names().size()) + " places");
    const bool wordnet = std::filesystem::exists("/usr/share/wordnet/data.noun") ||
                         std::getenv("AOZORA_WORDNET") != nullptr;
    if (wordnet) line(true, "WordNet", "words beyond the noun list are climbed (corgi → dog)");
    else
        hint("WordNet", "not installed: unknown nouns are left out (apt-get install wordnet-base)");
    if (std::getenv("AOZORA_LLM_URL") != nullptr)
        line(true, "LLM writer", std::getenv("AOZORA_LLM_URL"));
    else
        hint("LLM writer",
             "not configured (AOZORA_LLM_URL, AOZORA_LLM_MODEL, AOZORA_LLM_KEY); the built-in one "
             "writes");
    hint("licence",
         "Debian's libav and x264 are GPL: a binary with them is distributed under GPL-3");
    std::printf("%s\n", good ? "ready to make films" : "something is missing, see above");
    return good ? kExitOk : kExitFailed;
}

}  // namespace

void add_doctor_command(CLI::App& app, Run& run) {
    CLI::App* command =
        app.add_subcommand("doctor", "Checks whether everything that films need is here");
    command->callback([&run] { run = doctor; });
}

}  // namespace apps
