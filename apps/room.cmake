# Documents that the program carries: made into a C++ source, so that a binary is all there is to copy.
set(documents_source ${CMAKE_BINARY_DIR}/generated/apps/server/documents.cc)
add_custom_command(
  OUTPUT ${documents_source}
  COMMAND ${CMAKE_COMMAND} -DROOT=${CMAKE_SOURCE_DIR} -DOUT=${documents_source}
          -P ${CMAKE_SOURCE_DIR}/apps/server/embed_documents.cmake
  DEPENDS ${CMAKE_SOURCE_DIR}/docs/openapi.json ${CMAKE_SOURCE_DIR}/docs/aozora.toml
          ${CMAKE_SOURCE_DIR}/apps/server/embed_documents.cmake
  COMMENT "documents into the program"
  VERBATIM)
target_sources(apps PRIVATE ${documents_source})
include(${CMAKE_SOURCE_DIR}/apps/web/embed.cmake)
