#include <CLI/CLI.hpp>
#include <array>
#include <utility>

#include "apps/cli/commands.h"
#include "apps/cli/options.h"

namespace apps {

void add_planned_commands(CLI::App& app, Run& run) {
    constexpr std::array<std::pair<const char*, const char*>, 2> kPlanned = {{
        {"pull", "Fetch a model or a pack (not built yet)"},
        {"models", "Models that are installed (not built yet)"},
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
