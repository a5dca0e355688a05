/* There is nothing to call: the object file holds the section of the manifest. */
