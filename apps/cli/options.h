// Options that several commands share, and how they are read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "render/render.h"
#include "script/shots/shot_list.h"
#include "script/writer/write.h"

namespace CLI {
class App;
}

namespace apps {

// Exit codes of every command.
constexpr int kExitOk = 0, kExitFailed = 1, kExitUsage = 2;

struct FilmOptions {
    std::string output;
    std::string engine = "world";
    std::optional<double> seconds;
    std::string size;
    std::optional<double> fps;
    std::optional<uint64_t> seed;
    std::string style;
    std::string quality = "standard";
    std::string image;
    std::vector<std::string> characters;
    std::string record, shots, passes, state, continue_from;
    std::string writer;
    int threads = 0;
    std::string memory;  // "8G"; "" = what the machine has
    std::optional<int> steps;
    std::string negative;
    std::vector<std::string> loras, keyframes, control;  // as given; neural_options.h reads them
    std::string reference;
    std::string sound;
    bool own_length = false;  // --seconds auto
    std::string decoder;
    bool no_progress = false;
    bool json = false;
    bool force = false;
};

void add_film_options(CLI::App& command, FilmOptions& options);

struct Size {
    int width = 0, height = 0;
};
base::Result<Size> parse_size(const std::string& text);
base::Result<script::Style> parse_style(const std::string& text);
base::Result<render::Quality> parse_quality(const std::string& text);
// neural::parse_memory_size(), at least 64M.
base::Result<uint64_t> parse_memory(const std::string& text);
bool is_neural(const std::string& engine);
// Checks ranges (seconds, fps, size) and engines that are not built yet.
base::Result<script::WriteOptions> write_options(const FilmOptions& options);

// Prints "aozora: WHAT (WHERE)" and gives the exit code of this kind of error.
int report_error(const base::Error& error);

}  // namespace apps
