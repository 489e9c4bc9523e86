#include "neural/bench/table.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <filesystem>

#include "neural/bench/nets.h"
#include "neural/bench/pages.h"
#include "tensor/core/memory.h"
#include "tensor/core/parallel.h"
#include "tensor/cpu/ceiling.h"
#include "tensor/ops/linear.h"

namespace neural::bench {

using tensor::Compute;
using tensor::Tensor;

namespace {

struct Time {
    double cpu = 0, wall = 0;
};

double process_seconds() {
    timespec t{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

// Runs of which the median counts; `result` of the last.
base::Result<Time> timed(const std::function<base::Result<Tensor>()>& run, int repeats,
                         Tensor* result = nullptr) {
    std::vector<Time> times;
    for (int i = 0; i < repeats; ++i) {
        const double cpu = process_seconds();
        const auto wall = std::chrono::steady_clock::now();
        const Tensor out = TRY(run());
        times.push_back(
            {process_seconds() - cpu,
             std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count()});
        if (result) *result = out;
    }
    std::sort(times.begin(), times.end(),
              [](const Time& a, const Time& b) { return a.cpu < b.cpu; });
    return times[times.size() / 2];
}

// rms(got - want) / rms(want).
double relative_error(const Tensor& got, const Tensor& want) {
    double difference = 0, size = 0;
    for (int64_t i = 0; i < want.elements(); ++i) {
        const double w = want.f32()[i], d = got.f32()[i] - w;
        difference += d * d;
        size += w * w;
    }
    return std::sqrt(difference / size);
}

class Table {
public:
    explicit Table(const Options& options) : options_(options) {}
    bool wants(const std::string& name) const { return name.starts_with(options_.only); }

    base::Result<Time> row(const std::string& name, const Work& work,
                           const std::function<base::Result<Tensor>()>& run,
                           Tensor* result = nullptr) {
        const double top = tensor::measure_ceiling().f32;
        const Time t = TRY(timed(run, options_.repeats, result));
        const double rate = 1e-9 * work.all() / t.cpu;
        std::printf("%-44s %8.2f CPU-s %8.2f s", name.c_str(), t.cpu, t.wall);
        if (work.all() > 0)
            std::printf("  %7.1f Gop/s %4.0f %% of %.0f", rate, 100 * rate / top, top);
        std::printf("\n");
        std::fflush(stdout);
        ++rows_;
        return t;
    }
    void say(const std::string& text) {
        std::printf("  %s\n", text.c_str());
        std::fflush(stdout);
    }

    // The products of a block alone, each once.
    base::Status products(const std::string& name, const std::vector<Product>& list) {
        for (const Compute compute : {Compute::F32, Compute::Int8}) {
            const tensor::ComputeScope as(compute);
            const PageWeights weights(tensor::DType::BF16);
            Time sum;
            double operations = 0;
            const double top = tensor::measure_ceiling().f32;
            for (const Product& p : list) {
                const tensor::Linear layer(TRY(weights.load("weight", {p.out, p.in})));
                const Tensor x = random_values({p.rows, p.in}, 1);
                layer(x);  // packs weights, takes memory
                const Time t = TRY(
                    timed([&]() -> base::Result<Tensor> { return layer(x); }, options_.repeats));
                sum.cpu += t.cpu, sum.wall += t.wall;
                operations += 2.0 * static_cast<double>(p.rows) * static_cast<double>(p.in) *
                              static_cast<double>(p.out);
            }
            const double rate = 1e-9 * operations / sum.cpu;
            std::printf("%-44s %8.2f CPU-s %8.2f s  %7.1f Gop/s %4.0f %% of %.0f\n",
                        (name + (compute == Compute::F32 ? " products" : " products int8")).c_str(),
                        sum.cpu, sum.wall, rate, 100 * rate / top, top);
            std::fflush(stdout);
            ++rows_;
        }
        return {};
    }

    // `blocks` blocks of a stack and what is around them, in f32 and in 8 bits, and what that makes
    // for the whole model.
    base::Status stack(const std::string& name, int whole,
                       const std::function<base::Result<Net>(int64_t)>& make) {
        const int blocks = options_.blocks;
        Time rest;
        {
            const Net around = TRY(make(0));
            TRY(around.run());
            rest = TRY(row(name + " without blocks", {}, around.run));
        }
        const Net net = TRY(make(blocks));
        const std::string title = name + " " + std::to_string(blocks) + " blocks";
        Tensor exact, coarse;
        TRY(net.run());
        tensor::reset_peak();
        const Time f32 = TRY(row(title, net.work, net.run, &exact));
        const double peak = static_cast<double>(tensor::memory_use().peak_bytes) / (1 << 20);
        const tensor::ComputeScope as(Compute::Int8);
        TRY(net.run());
        const Time int8 = TRY(row(title + " int8", net.work, net.run, &coarse));
        char text[200];
        const auto each = [&](const Time& t) { return (t.cpu - rest.cpu) / blocks; };
        std::snprintf(
            text, sizeof text,
            "a block %.2f, int8 %.2f CPU-s; whole model of %d blocks %.0f, int8 %.0f CPU-s",
            each(f32), each(int8), whole, rest.cpu + whole * each(f32),
            rest.cpu + whole * each(int8));
        say(text);
        std::snprintf(text, sizeof text,
                      "int8 is %.2f times as fast, relative error of the velocity %.4f; tensors at "
                      "most %.0f MiB, weights and their packed forms among them",
                      f32.cpu / int8.cpu, relative_error(coarse, exact), peak);
        say(text);
        return {};
    }

    base::Status one(const std::string& name, const std::function<base::Result<Net>()>& make) {
        if (!wants(name)) return {};
        const Net net = TRY(make());
        TRY(net.run());
        TRY(row(name, net.work, net.run));
        return {};
    }
    int rows() const { return rows_; }
    void count() { ++rows_; }

private:
    const Options& options_;
    int rows_ = 0;
};

base::Status vae(Table& table, bool full) {
    const int64_t width = full ? 768 : 256, height = full ? 512 : 192;
    const Net net = TRY(ltx_vae_net(width, height));
    TRY(net.run());
    tensor::reset_peak();
    const double weights = static_cast<double>(tensor::memory_use().in_use_bytes) / (1 << 20);
    const Time t = TRY(
        table.row("ltx-vae decode " + std::to_string(width) + "x" + std::to_string(height) + "x25",
                  net.work, net.run));
    char text[200];
    std::snprintf(text, sizeof text,
                  "768x512 by area %.0f CPU-s; tensors at most %.0f MiB, %.0f of them weights",
                  t.cpu * 768 * 512 / static_cast<double>(width * height),
                  static_cast<double>(tensor::memory_use().peak_bytes) / (1 << 20), weights);
    table.say(text);
    return {};
}

base::Status start(Table& table) {
    const Start s = TRY(start_large_file(std::filesystem::temp_directory_path().string()));
    std::printf(
        "%-44s opened in %.3f s, net loaded in %.3f s, %.0f MiB resident\n",
        ("start of a file of " + std::to_string(std::lround(s.bytes * 1e-9)) + " GB").c_str(),
        s.open_s, s.load_s, s.resident_mib);
    std::fflush(stdout);
    table.count();
    return {};
}

}  // namespace

base::Result<int> run(const Options& options) {
    tensor::set_threads(options.threads);
    Table table(options);
    std::printf("ceiling: %s\n", tensor::describe(tensor::ceiling()).c_str());
    if (table.wants("start")) TRY(start(table));
    if (table.wants("wan-step")) {
        TRY(table.stack("wan-step 832x480x17", 30,
                        [](int64_t n) { return wan_net("wan2.1-t2v-1.3b", n, 5); }));
    }
    if (table.wants("wan-products")) TRY(table.products("wan-products", wan_products()));
    if (table.wants("ltx-stack")) {
        TRY(table.stack("ltx-stack 2.3, 3120 tokens", 48,
                        [](int64_t n) { return ltx_net("2.3", n, 8); }));
    }
    if (table.wants("ltx-products")) TRY(table.products("ltx-products", ltx_products(8)));
    if (table.wants("ltx-vae")) TRY(vae(table, options.full));
    for (const char* version : {"2.0", "2.3", "2.5"}) {
        TRY(table.one(std::string("block ltx-") + version + "-transformer",
                      [=] { return ltx_net(version, 1, 2); }));
        TRY(table.one(std::string("block ltx-") + version + "-connectors",
                      [=] { return ltx_connector_net(version); }));
    }
    TRY(table.one("block ltx-2.5-duration-head", ltx_duration_net));
    for (const char* model :
         {"wan2.1-t2v-1.3b", "wan2.2-ti2v-5b", "wan2.2-t2v-a14b", "wan2.2-i2v-a14b"}) {
        TRY(table.one(std::string("block ") + model, [=] { return wan_net(model, 1, 1); }));
    }
    TRY(table.one("block umt5-xxl", [] { return umt5_net(1); }));
    tensor::set_threads(0);
    return table.rows();
}

}  // namespace neural::bench
