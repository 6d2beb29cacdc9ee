/**
 * Requests as the server reads them: the public messages with bytes where those build a Struct tree. Generated, except
 * this page. Imports the contract only.
 */
@NullMarked
package dev.proreus.server.rpc.raw;

import org.jspecify.annotations.NullMarked;
