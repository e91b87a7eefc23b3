<?xml version="1.0" encoding="utf-8"?>
<!-- Of the targets of Eco2Test, the list of settings and the search for the settings file. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml" indent="yes" omit-xml-declaration="yes" />
  <xsl:template match="/Project">
    <Project>
      <ItemGroup>
        <xsl:apply-templates select="ItemGroup/_Eco2TestSetting" />
      </ItemGroup>
      <xsl:copy-of select="PropertyGroup[Eco2TestSettingsFile or _Eco2TestRegionsOfProperty]" />
    </Project>
  </xsl:template>
  <xsl:template match="_Eco2TestSetting">
    <_Eco2TestCollectorSetting><xsl:copy-of select="@*" /></_Eco2TestCollectorSetting>
  </xsl:template>
</xsl:stylesheet>
