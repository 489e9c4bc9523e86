// aozora-goldens DIR [--dump OUT] [--reference]: every case of a folder in the format of golden
// vectors. One line each on stdout: case component max_abs max_rel ok|FAIL. Reasons go to stderr.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "neural/goldens/verdict.h"
#include "neural/weights/safetensors.h"
#include "tensor/backend.h"

namespace {

int usage() {
    std::fputs(
        "usage: aozora-goldens DIR|FILE [--dump OUT] [--reference]\n"
        "  runs every case (*.safetensors) and prints: case component max_abs max_rel ok|FAIL\n"
        "  --dump OUT    writes what was computed to OUT/CASE.safetensors\n"
        "  --reference   computes with the slow double-precision twins of the operators\n",
        stderr);
    return 2;
}

base::Result<std::vector<std::filesystem::path>> cases_in(const std::filesystem::path& where) {
    std::error_code error;
    std::vector<std::filesystem::path> files;
    if (std::filesystem::is_regular_file(where, error)) return std::vector{where};
    for (std::filesystem::directory_iterator it(where, error), end; !error && it != end;
         it.increment(error)) {
        if (it->path().extension() == ".safetensors") files.push_back(it->path());
    }
    if (error) return base::failed("cannot be read: " + error.message(), where.string());
    if (files.empty()) return base::failed("holds no .safetensors cases", where.string());
    std::sort(files.begin(), files.end());
    return files;
}

base::Status dump(const neural::goldens::Verdict& verdict, const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    std::vector<std::pair<std::string, tensor::Tensor>> tensors(verdict.outputs.begin(),
                                                                verdict.outputs.end());
    return neural::write_safetensors((folder / (verdict.id + ".safetensors")).string(), tensors);
}

}  // namespace

int main(int argc, char** argv) {
    std::string where, out;
    bool reference = false;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--dump" && i + 1 < argc) {
            out = argv[++i];
        } else if (argument == "--reference") {
            reference = true;
        } else if (argument.starts_with("-") || !where.empty()) {
            return usage();
        } else {
            where = argument;
        }
    }
    if (where.empty()) return usage();
    const auto files = cases_in(where);
    if (!files) {
        std::fprintf(stderr, "aozora-goldens: %s\n", files.error().text().c_str());
        return 1;
    }
    tensor::ScopedHostBackend scope(reference ? tensor::reference_backend()
                                              : tensor::cpu_backend());
    bool all = true;
    for (const auto& file : *files) {
        const neural::goldens::Verdict v = neural::goldens::judge(file.string());
        std::printf("%s %s %.3g %.3g %s\n", v.id.c_str(), v.component.c_str(), v.max_abs, v.max_rel,
                    v.ok ? "ok" : "FAIL");
        std::fflush(stdout);
        if (!v.ok) std::fprintf(stderr, "%s: %s\n", v.id.c_str(), v.problem.c_str());
        all = all && v.ok;
        if (!out.empty() && !v.outputs.empty()) {
            const base::Status written = dump(v, out);
            if (!written) {
                std::fprintf(stderr, "aozora-goldens: %s\n", written.error().text().c_str());
                all = false;
            }
        }
    }
    return all ? 0 : 1;
}
