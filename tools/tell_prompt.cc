// Prints what the built-in writer makes of each prompt given (or of each line of standard input):
// the shot list in short form and the report. For people who work on script/writer.
#include <chrono>
#include <cstdio>
#include <iostream>
#include <string>

#include "base/text/text.h"
#include "script/shots/validate.h"
#include "script/writer/dump.h"
#include "script/writer/write.h"

namespace {

void print(const std::string& prompt) {
    const auto begin = std::chrono::steady_clock::now();
    const auto written = script::write_shot_list(prompt);
    const double ms =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    std::printf("\n>>> %.200s\n", prompt.c_str());
    if (!written.ok()) {
        std::printf("error: %s\n", written.error().text().c_str());
        return;
    }
    const script::Report& report = written->report;
    std::printf("%s\n", script::dump(written->shots).c_str() + 1);
    std::printf("understood: %s\n", base::join(report.understood, " ").c_str());
    for (const auto& one : report.replaced) {
        std::printf("replaced: %s -> %s (%s)\n", one.asked.c_str(), one.used.c_str(),
                    one.why.c_str());
    }
    if (!report.left_out.empty())
        std::printf("LEFT OUT: %s\n", base::join(report.left_out, " ").c_str());
    for (const auto& problem : script::validate(written->shots))
        std::printf("INVALID: %s\n", problem.text().c_str());
    std::printf("%.1f ms\n", ms);
}

}  // namespace

int main(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) print(argv[i]);
    if (argc > 1) return 0;
    for (std::string line; std::getline(std::cin, line);) {
        if (!line.empty()) print(line);
    }
}
