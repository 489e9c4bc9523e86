// aozora bench NAME: what docs/speed.md quotes, with CPU time beside wall time.
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <memory>
#include <vector>

#include "apps/cli/bench_server.h"
#include "apps/cli/commands.h"
#include "apps/cli/film_command.h"
#include "neural/bench/table.h"
#include "studio/director/take.h"
#include "tensor/bench/table.h"

namespace apps {
namespace {

struct Case {
    const char* name;
    const char* prompt;
    int width, height;
    render::Quality quality;
    double seconds;
};

const std::vector<Case>& cases() {
    static const std::vector<Case> all = {
        {"film1", "A basketball player misses a shot and the ball rebounds off the backboard.",
         1280, 720, render::Quality::Standard, 4},
        {"draft", "A basketball player misses a shot and the ball rebounds off the backboard.", 854,
         480, render::Quality::Draft, 4},
        {"steel", "A steel ball is dropped from 2 metres onto a concrete floor.", 1280, 720,
         render::Quality::Standard, 2},
        {"dominoes", "Dominoes fall in a spiral on a wooden table.", 1280, 720,
         render::Quality::Standard, 2},
        {"pool", "Three red rubber balls and a bowling ball fall into a swimming pool.", 1280, 720,
         render::Quality::Standard, 2},
        {"memory4", "A steel ball is dropped from 2 metres onto a concrete floor.", 320, 180,
         render::Quality::Draft, 4},
        {"memory60", "A steel ball is dropped from 2 metres onto a concrete floor.", 320, 180,
         render::Quality::Draft, 60},
    };
    return all;
}

double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto s = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return s(usage.ru_utime) + s(usage.ru_stime);
}

double peak_mib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

class NoRecord : public world::RecordSink {
    void begin_shot(int, double, double) override {}
    void body(const world::RecordedBody&) override {}
    void event(const world::Event&) override {}
    void track(const std::string&, const world::TrackSample&) override {}
};

int bench(const Case& c, int threads, double seconds, bool each) {
    using Clock = std::chrono::steady_clock;
    const auto since = [](Clock::time_point t) {
        return std::chrono::duration<double>(Clock::now() - t).count();
    };
    script::WriteOptions options;
    options.seconds = seconds > 0 ? seconds : c.seconds;
    options.width_px = c.width;
    options.height_px = c.height;
    const auto start = Clock::now();
    const auto written = script::write_shot_list(c.prompt, options);
    if (!written.ok()) return report_error(written.error());
    const double write_s = since(start);
    studio::TakeOptions take_options;
    take_options.quality = c.quality;
    take_options.threads = threads;
    NoRecord record;
    auto take = studio::direct(written->shots, take_options, record);
    if (!take.ok()) return report_error(take.error());
    const double rehearsed_s = since(start);
    double first_s = 0, steady_from = 0, steady_cpu_from = 0, last = 0;
    int64_t frames = 0;
    const auto render_start = Clock::now();
    const double cpu_start = cpu_seconds();
    for (;;) {
        auto frame = (*take)->frames().next();
        if (!frame.ok()) return report_error(frame.error());
        if (!frame->has_value()) break;
        if (++frames == 1) {
            first_s = since(start);
            steady_from = since(render_start);
            steady_cpu_from = cpu_seconds();
        }
        if (each)
            std::printf("frame %lld  %.3f s\n", static_cast<long long>(frames - 1),
                        since(render_start) - last);
        last = since(render_start);
    }
    const double n = static_cast<double>(std::max<int64_t>(1, frames));
    std::printf(
        "%-9s %dx%d  write %.3f s  rehearse+sound %.2f s  first frame after %.2f s  %.3f s/frame  "
        "%.3f CPU-s/frame  later ones %.3f s, %.3f CPU-s  peak %.0f MiB  (%lld frames)\n",
        c.name, c.width, c.height, write_s, rehearsed_s - write_s, first_s, since(render_start) / n,
        (cpu_seconds() - cpu_start) / n, (last - steady_from) / std::max(1.0, n - 1),
        (cpu_seconds() - steady_cpu_from) / std::max(1.0, n - 1), peak_mib(),
        static_cast<long long>(frames));
    return kExitOk;
}

int bench_tensor(int threads, const std::string& only, int repeats) {
    tensor::bench::Options options;
    options.only = only;
    options.threads = threads > 0 ? threads : 1;
    options.repeats = repeats;
    if (tensor::bench::run(options) > 0) return kExitOk;
    return report_error(base::usage_error("no row of the table begins with \"" + only +
                                          "\"; try linear, int8, attention, neighbourhood, rows"));
}

int bench_neural(const neural::bench::Options& options) {
    const auto rows = neural::bench::run(options);
    if (!rows.ok()) return report_error(rows.error());
    if (*rows > 0) return kExitOk;
    return report_error(base::usage_error(
        "no row of the table begins with \"" + options.only +
        "\"; try start, wan-step, wan-products, ltx-stack, ltx-products, ltx-vae, block"));
}

}  // namespace

void add_bench_command(CLI::App& app, Run& run) {
    CLI::App* command =
        app.add_subcommand("bench", "Measures speed and memory; docs/speed.md quotes it");
    auto name = std::make_shared<std::string>();
    auto threads = std::make_shared<int>(0);
    std::string names;
    for (const Case& c : cases()) names += std::string(names.empty() ? "" : ", ") + c.name;
    names += ", server, tensor, neural";
    command->add_option("name", *name, "One of: " + names)->required();
    auto seconds = std::make_shared<double>(0);
    auto each = std::make_shared<bool>(false);
    auto videos = std::make_shared<int64_t>(1'000'000);
    command->add_option("--threads", *threads, "Threads; default all cores, tensor: 1");
    command
        ->add_option("--seconds", *seconds,
                     "Length of the film, or of each measurement; default: the benchmark's own")
        ->check(CLI::Range(0.0, 600.0));
    auto only = std::make_shared<std::string>();
    auto repeats = std::make_shared<int>(0);
    auto blocks = std::make_shared<int>(2);
    auto full = std::make_shared<bool>(false);
    command->add_option("--only", *only, "tensor, neural: rows that begin with this");
    command->add_option("--repeats", *repeats, "Median of so many; default tensor 3, neural 1")
        ->check(CLI::Range(1, 1000));
    command->add_flag("--each", *each, "A line for each frame");
    command->add_option("--videos", *videos, "Rows of the database that `server` lists")
        ->check(CLI::Range(int64_t{1}, int64_t{10'000'000}));
    command
        ->add_option("--blocks", *blocks,
                     "neural: how many of a model's blocks a stack has; 30 is all of Wan 2.1")
        ->check(CLI::Range(1, 100));
    command->add_flag("--full", *full, "neural: the VAE at 768x512 instead of 256x192");
    command->callback([=, &run] {
        run = [=] {
            if (*name == "tensor")
                return bench_tensor(*threads, *only, *repeats > 0 ? *repeats : 3);
            if (*name == "neural")
                return bench_neural({*only, *threads, *repeats > 0 ? *repeats : 1, *blocks, *full});
            if (*name == "server") return bench_server(*seconds > 0 ? *seconds : 2, *videos);
            for (const Case& c : cases()) {
                if (*name == c.name) return bench(c, *threads, *seconds, *each);
            }
            return report_error(base::usage_error("there is no benchmark called \"" + *name +
                                                  "\"; there are " + names));
        };
    });
}

}  // namespace apps
