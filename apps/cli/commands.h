// One function per command of `aozora`. Each registers its options on `app` and, when chosen,
// sets `run`.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace apps {

using Run = std::function<int()>;

void add_make_command(CLI::App& app, Run& run);
void add_write_command(CLI::App& app, Run& run);
void add_remix_command(CLI::App& app, Run& run);
void add_extend_command(CLI::App& app, Run& run);
void add_doctor_command(CLI::App& app, Run& run);
void add_bench_command(CLI::App& app, Run& run);
void add_serve_command(CLI::App& app, Run& run);
void add_worker_command(CLI::App& app, Run& run);
void add_keys_command(CLI::App& app, Run& run);
void add_backup_commands(CLI::App& app, Run& run);
void add_pull_command(CLI::App& app, Run& run);
void add_models_command(CLI::App& app, Run& run);
void add_quantize_command(CLI::App& app, Run& run);

}  // namespace apps
