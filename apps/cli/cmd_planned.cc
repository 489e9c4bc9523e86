#include <CLI/CLI.hpp>
#include <array>
#include <utility>

#include "apps/cli/commands.h"
#include "apps/cli/options.h"

namespace apps {

void add_planned_commands(CLI::App& app, Run& run) {
    constexpr std::array<std::pair<const char*, const char*>, 7> kPlanned = {{
        {"serve", "The Videos API and the app (not built yet)"},
        {"worker", "A worker of a fleet (not built yet)"},
        {"pull", "Fetch a model or a pack (not built yet)"},
        {"models", "Models that are installed (not built yet)"},
        {"keys", "API keys (not built yet)"},
        {"backup", "Save a server's data (not built yet)"},
        {"restore", "Restore a server's data (not built yet)"},
    }};
    for (const auto& [name, help] : kPlanned) {
        CLI::App* command = app.add_subcommand(name, help);
        command->allow_extras();
        const std::string what = name;
        command->callback([what, &run] {
            run = [what] {
                return report_error(
                    {base::ErrorKind::NotBuilt, "\"" + what + "\" is not built yet", {}});
            };
        });
    }
}

}  // namespace apps
