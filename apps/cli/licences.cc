#include "apps/cli/licences.h"

#include <cstdio>

#include "apps/cli/version.h"

namespace apps {

std::string version_text() { return std::string("aozora ") + kVersion; }

int print_licences() {
    std::fputs(
        "Aozora                     Apache-2.0\n"
        "Not affiliated with OpenAI.\n"
        "\n"
        "Linked from the distribution:\n"
        "  Embree 3.13              Apache-2.0\n"
        "  oneTBB                   Apache-2.0\n"
        "  FFmpeg libav* 5.1        LGPL-2.1+; Debian builds it as GPL-2+\n"
        "  x264                     GPL-2+\n"
        "  flite and its voices     BSD-type (Carnegie Mellon University)\n"
        "  libsndfile               LGPL-2.1+\n"
        "  libebur128               MIT\n"
        "  libcurl                  curl (MIT-type)\n"
        "  nlohmann-json, spdlog, fmt   MIT\n"
        "  CLI11                    BSD-3-Clause\n"
        "  libpng, libjpeg-turbo, libwebp, zlib   their own permissive licences\n"
        "  FreeType                 FTL\n"
        "  Boost (Asio, Beast)      BSL-1.0\n"
        "  OpenSSL 3                Apache-2.0\n"
        "  SQLite                   public domain\n"
        "  libpq                    PostgreSQL licence\n"
        "  libsodium                ISC\n"
        "  toml++                   MIT\n"
        "In the playground's page:\n"
        "  Preact                   MIT\n"
        "Read at run time when installed:\n"
        "  WordNet 3.0              WordNet licence (Princeton University)\n"
        "\n"
        "The source is Apache-2.0. A binary that links Debian's x264 and libav is, as a whole,\n"
        "distributed under GPL-3.\n",
        stdout);
    return 0;
}

}  // namespace apps
