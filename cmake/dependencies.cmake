# Everything comes from the distribution; tools/deps.sh installs it.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(spdlog REQUIRED)
find_package(CURL REQUIRED)
find_package(CLI11 REQUIRED)
find_package(TBB REQUIRED)
find_package(embree 3 REQUIRED)
find_package(JPEG REQUIRED)
find_package(PNG REQUIRED)

pkg_check_modules(SENTENCEPIECE REQUIRED IMPORTED_TARGET sentencepiece)
pkg_check_modules(AV REQUIRED IMPORTED_TARGET libavformat libavcodec libavutil libswscale libswresample)
pkg_check_modules(X264 REQUIRED IMPORTED_TARGET x264)
pkg_check_modules(WEBP REQUIRED IMPORTED_TARGET libwebp)
pkg_check_modules(SNDFILE REQUIRED IMPORTED_TARGET sndfile)
pkg_check_modules(EBUR128 REQUIRED IMPORTED_TARGET libebur128)
pkg_check_modules(BULLET REQUIRED IMPORTED_TARGET bullet)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(PQ REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(TOML REQUIRED IMPORTED_TARGET tomlplusplus)
find_package(OpenSSL REQUIRED)
find_package(Boost 1.81 REQUIRED)
pkg_check_modules(FREETYPE REQUIRED IMPORTED_TARGET freetype2)

add_library(aozora_bullet INTERFACE)
target_include_directories(aozora_bullet SYSTEM INTERFACE ${BULLET_INCLUDE_DIRS})
# Only Debian's double-precision flags matter here: its Bullet is single precision.
target_link_libraries(aozora_bullet INTERFACE BulletSoftBody BulletDynamics BulletCollision LinearMath)

add_library(aozora_embree INTERFACE)
target_link_libraries(aozora_embree INTERFACE embree TBB::tbb)

add_library(aozora_media_libs INTERFACE)
target_link_libraries(aozora_media_libs INTERFACE PkgConfig::AV PkgConfig::X264 PkgConfig::WEBP JPEG::JPEG PNG::PNG ZLIB::ZLIB)
find_package(ZLIB REQUIRED)

add_library(aozora_sound_libs INTERFACE)
target_link_libraries(aozora_sound_libs INTERFACE PkgConfig::SNDFILE PkgConfig::EBUR128
  flite_cmu_us_slt flite_cmu_us_rms flite_cmu_us_awb flite_cmu_us_kal16 flite_usenglish flite_cmulex flite m)

# oneDNN runs on OpenMP; ours must be the same pool. The thread sanitizer does not understand it.
# Its CMake package asks for OpenCL's headers, which the CPU engine does not need.
find_path(DNNL_INCLUDE dnnl.hpp REQUIRED)
find_library(DNNL_LIBRARY dnnl REQUIRED)
option(AOZORA_OPENMP "Use several cores in tensor/" ON)
add_library(aozora_tensor_libs INTERFACE)
target_link_libraries(aozora_tensor_libs INTERFACE ${DNNL_LIBRARY})
target_include_directories(aozora_tensor_libs SYSTEM INTERFACE ${DNNL_INCLUDE})
if(AOZORA_OPENMP)
  find_package(OpenMP REQUIRED)
  target_link_libraries(aozora_tensor_libs INTERFACE OpenMP::OpenMP_CXX)
endif()

add_library(aozora_neural_libs INTERFACE)
target_link_libraries(aozora_neural_libs INTERFACE PkgConfig::SENTENCEPIECE)

if(AOZORA_TESTS)
  find_package(GTest REQUIRED)
endif()
